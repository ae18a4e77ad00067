package dev.herald.gateway.route;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/**
 * Lists the services without an instance. Down after the start until every service has an instance, for at most a
 * minute. Then always up, because a gateway that is down for one missing service would not serve the others either.
 */
@Component("routesHealthIndicator")
class RoutesHealth implements HealthIndicator {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Routes routes;
    private final DiscoveryClient registry;
    private final Clock clock;
    private final Instant startedAt;
    private volatile boolean hasStarted;

    RoutesHealth(Routes routes, DiscoveryClient registry, Clock clock) {
        this.routes = routes;
        this.registry = registry;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public Health health() {
        List<String> missing = routes.services().stream()
                .filter(service -> registry.getInstances(service).isEmpty())
                .toList();
        hasStarted = hasStarted || missing.isEmpty() || clock.instant().isAfter(startedAt.plus(START_LIMIT));
        return (hasStarted ? Health.up() : Health.down())
                .withDetail("missing", missing)
                .build();
    }
}
