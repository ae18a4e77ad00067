package dev.herald.platform.registry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;

/** {@code herald_registry_status{expected,actual}}: 1 for the current pair, 0 for all others. */
record RegistryMetrics(Registration registration) implements MeterBinder {

    private static final List<RegisteredStatus> EXPECTED =
            List.of(RegisteredStatus.STARTING, RegisteredStatus.UP, RegisteredStatus.DOWN);

    @Override
    public void bindTo(MeterRegistry meters) {
        for (RegisteredStatus expected : EXPECTED) {
            for (RegisteredStatus actual : RegisteredStatus.values()) {
                Gauge.builder("herald.registry.status", () -> is(expected, actual) ? 1 : 0)
                        .description("Which status this instance has in the registry, and which it should have")
                        .tag("expected", expected.name())
                        .tag("actual", actual.name())
                        .register(meters);
            }
        }
    }

    private boolean is(RegisteredStatus expected, RegisteredStatus actual) {
        return registration.expected() == expected && registration.actual() == actual;
    }
}
