package dev.herald.chaos;

import java.util.List;
import java.util.stream.Stream;

/**
 * What faults are injected into: a component, or {@code postgres} and {@code redis} of a cluster as a whole.
 *
 * @param component the name of the component
 */
public record Target(String component) {

    static final List<Target> OF_A_SUITE = Stream.of(
                    "postgres",
                    "kafka",
                    "redis",
                    "smtp",
                    "user-service",
                    "post-service",
                    "notification-service",
                    "gateway")
            .map(Target::new)
            .toList();

    static final List<Target> BROKERS =
            Stream.of("kafka-1", "kafka-2", "kafka-3").map(Target::new).toList();

    /** The instances of the services of a cluster. */
    static final List<Target> INSTANCES = Stream.of("user-service", "post-service", "notification-service")
            .flatMap(service -> Stream.of(service, service + "-2"))
            .map(Target::new)
            .toList();

    /** Whether it takes part between the acceptance of an email and its record as sent. */
    boolean isOnEmailPath() {
        return component.startsWith("notification-service") || component.equals("smtp") || component.equals("postgres");
    }

    @Override
    public String toString() {
        return component;
    }
}
