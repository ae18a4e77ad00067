package dev.herald.platform.registry;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether callers find this instance in the registry; with the status that it has there, and the one that it should have. */
class RegistryHealth implements HealthIndicator {

    private final Registration registration;

    RegistryHealth(Registration registration) {
        this.registration = registration;
    }

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
