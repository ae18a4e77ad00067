package dev.herald.gateway.route;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Up once every routed service has had an instance, or has been waited for long enough. A gateway without one of its
 * services answers 503 for that service alone; taking the gateway out too would help nobody.
 */
@Component("routes")
class RoutesHealth implements ReactiveHealthIndicator {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RouteLocator routes;
    private final DiscoveryClient registry;
    private final Clock clock;
    private final Instant startedAt;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

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
                .filter(service -> !hasBeenSeen(service))
                .collectList()
                .map(missing -> (missing.isEmpty() || isPatienceOver() ? Health.up() : Health.down())
                        .withDetail("not yet registered", missing)
                        .build());
    }

    private boolean isPatienceOver() {
        return clock.instant().isAfter(startedAt.plus(PATIENCE));
    }

    private boolean hasBeenSeen(String service) {
        if (!registry.getInstances(service).isEmpty()) {
            seen.add(service);
        }
        return seen.contains(service);
    }
}
