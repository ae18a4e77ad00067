package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.springframework.cloud.circuitbreaker.resilience4j.ReactiveResilience4JCircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.HasRouteId;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.ServiceUnavailableException;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The filter {@code Breaker}: a circuit breaker for each route. Unlike Spring Cloud Gateway's {@code CircuitBreaker} it
 * lets requests through while at least one instance is healthy, because {@link OutlierDetection} handles failures of
 * single instances.
 */
@Component
class BreakerGatewayFilterFactory extends AbstractGatewayFilterFactory<BreakerGatewayFilterFactory.Config> {

    private final ReactiveResilience4JCircuitBreakerFactory breakers;
    private final DiscoveryClient registry;
    private final OutlierDetection outliers;

    static final class Config implements HasRouteId {

        private String routeId = "";

        @Override
        public void setRouteId(String routeId) {
            this.routeId = routeId;
        }

        @Override
        public String getRouteId() {
            return routeId;
        }
    }

    BreakerGatewayFilterFactory(
            ReactiveResilience4JCircuitBreakerFactory breakers, DiscoveryClient registry, OutlierDetection outliers) {
        super(Config.class);
        this.breakers = breakers;
        this.registry = registry;
        this.outliers = outliers;
    }

    @Override
    public GatewayFilter apply(Config config) {
        ReactiveCircuitBreaker breaker = breakers.create(config.getRouteId());
        return (exchange, chain) -> breaker.run(
                chain.filter(exchange),
                failure ->
                        failure instanceof CallNotPermittedException ? refused(exchange, chain) : Mono.error(failure));
    }

    private Mono<Void> refused(ServerWebExchange exchange, GatewayFilterChain chain) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        boolean hasHealthy =
                registry.getInstances(route.getUri().getHost()).stream().anyMatch(outliers::isHealthy);
        return hasHealthy ? chain.filter(exchange) : Mono.error(new ServiceUnavailableException());
    }
}
