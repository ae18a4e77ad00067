package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.factory.AbstractGatewayFilterFactory;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** The filter {@code Failover}, with a retry budget for each route, so that one service cannot use up another's. */
@Component
@EnableConfigurationProperties(FailoverGatewayFilterFactory.Settings.class)
class FailoverGatewayFilterFactory extends AbstractGatewayFilterFactory<Object> {

    /** @param attemptTimeout how long an instance has for the beginning of its response before a GET goes to another */
    @Validated
    @ConfigurationProperties("herald.gateway")
    record Settings(@NotNull Duration attemptTimeout) {}

    private final DiscoveryClient registry;
    private final OutlierDetection outliers;
    private final Clock clock;
    private final Counter retries;
    private final Duration attemptTimeout;

    FailoverGatewayFilterFactory(
            DiscoveryClient registry, OutlierDetection outliers, Clock clock, MeterRegistry meters, Settings settings) {
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
