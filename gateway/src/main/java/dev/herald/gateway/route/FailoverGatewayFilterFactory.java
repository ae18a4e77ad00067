package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.stereotype.Component;

/** The filter {@code Failover}; each route has its own retry budget, so that one service's failures leave the others theirs. */
@Component
class FailoverGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    private final DiscoveryClient registry;
    private final OutlierDetection outliers;
    private final Clock clock;
    private final Counter retries;
    private final Duration attemptTimeout;

    FailoverGatewayFilterFactory(
            DiscoveryClient registry,
            OutlierDetection outliers,
            Clock clock,
            MeterRegistry meters,
            @Value("${herald.gateway.attempt-timeout}") Duration attemptTimeout) {
        super(Object.class);
        this.registry = registry;
        this.outliers = outliers;
        this.clock = clock;
        this.retries = Counter.builder("herald.gateway.retries")
                .description("Requests that were sent to another instance")
                .register(meters);
        this.attemptTimeout = attemptTimeout;
    }

    @Override
    public GatewayFilter apply(Object none) {
        return new Failover(registry, outliers, new RetryBudget(clock), retries, attemptTimeout);
    }
}
