package dev.herald.gateway.route;

import java.net.URI;
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
 * Up once every routed service has had an instance. It stays up when one goes away later: the gateway then answers 503
 * for that service alone, and taking the gateway out too would help nobody.
 */
@Component("routes")
class RoutesHealth implements ReactiveHealthIndicator {

    private final RouteLocator routes;
    private final DiscoveryClient registry;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    RoutesHealth(RouteLocator routes, DiscoveryClient registry) {
        this.routes = routes;
        this.registry = registry;
    }

    @Override
    public Mono<Health> health() {
        return routes.getRoutes()
                .map(Route::getUri)
                .map(URI::getHost)
                .distinct()
                .filter(service -> !hasBeenSeen(service))
                .collectList()
                .map(missing -> missing.isEmpty()
                        ? Health.up().build()
                        : Health.down()
                                .withDetail("not yet registered", missing)
                                .build());
    }

    private boolean hasBeenSeen(String service) {
        if (!registry.getInstances(service).isEmpty()) {
            seen.add(service);
        }
        return seen.contains(service);
    }
}
