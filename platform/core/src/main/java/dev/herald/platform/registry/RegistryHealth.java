package dev.herald.platform.registry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up if callers find this instance in the registry. */
record RegistryHealth(Registration registration) implements HealthIndicator {

    @Override
    public Health health() {
        Health.Builder health =
                switch (registration.seenByCallers()) {
                    case UP -> Health.up();
                    case OUT_OF_SERVICE -> Health.outOfService();
                    default -> Health.down();
                };
        return health.withDetail("expected", registration.expected().name())
                .withDetail("actual", registration.actual().name())
                .build();
    }
}
