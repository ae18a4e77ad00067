package dev.herald.platform.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;

/** {@code herald_inbox_events_total{consumer,type,outcome}}. Types without a handler share the label {@code other}. */
class InboxMetrics {

    static final String OTHER = "other";

    private final MeterRegistry meters;
    private final String consumer;
    private final Set<String> types;

    InboxMetrics(MeterRegistry meters, String consumer, Set<String> types) {
        this.meters = meters;
        this.consumer = consumer;
        this.types = types;
        for (EventOutcome outcome : EventOutcome.values()) {
            types.forEach(type -> counter(type, outcome));
        }
        counter(OTHER, EventOutcome.SKIPPED);
        counter(OTHER, EventOutcome.FAILED);
    }

    void count(String type, EventOutcome outcome) {
        counter(types.contains(type) ? type : OTHER, outcome).increment();
    }

    private Counter counter(String type, EventOutcome outcome) {
        return Counter.builder("herald.inbox.events")
                .description("Events received, by outcome")
                .tag("consumer", consumer)
                .tag("type", type)
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
