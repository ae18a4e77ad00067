package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.stereotype.Component;

/**
 * The filter {@code Failover}, with a retry budget for each route, so that the failures of one service do not use up
 * the budget of another.
 */
@Component
@EnableConfigurationProperties(FailoverSettings.class)
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
            FailoverSettings settings) {
        super(Object.class);
        this.registry = registry;
        this.outliers = outliers;
        this.clock = clock;
        this.retries = Counter.builder("herald.gateway.retries")
                .description("Requests that were sent to another instance")
                .register(meters);
        this.attemptTimeout = settings.attemptTimeout();
    }

    @Override
    public GatewayFilter apply(Object none) {
        return new Failover(registry, outliers, new RetryBudget(clock), retries, attemptTimeout);
    }
}
