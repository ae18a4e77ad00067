package dev.herald.gateway.route;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Which routed services have no instance now. It is down at the start, until all of them have one or have been waited for long enough.
 * After that a gateway without one of its services answers 503 for that service alone, and taking the gateway out would stop the others too.
 */
@Component("routes")
class RoutesHealth implements ReactiveHealthIndicator {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RouteLocator routes;
    private final DiscoveryClient registry;
    private final Clock clock;
    private final Instant startedAt;
    private volatile boolean hasStarted;

    RoutesHealth(RouteLocator routes, DiscoveryClient registry, Clock clock) {
        this.routes = routes;
        this.registry = registry;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public Mono<Health> health() {
        return routes.getRoutes()
                .map(Route::getUri)
                .map(URI::getHost)
                .distinct()
                .filter(service -> registry.getInstances(service).isEmpty())
                .collectList()
                .map(this::health);
    }

    private Health health(List<String> missing) {
        hasStarted = hasStarted || missing.isEmpty() || isPatienceOver();
        return (hasStarted ? Health.up() : Health.down())
                .withDetail("missing", missing)
                .build();
    }

    private boolean isPatienceOver() {
        return clock.instant().isAfter(startedAt.plus(PATIENCE));
    }
}
