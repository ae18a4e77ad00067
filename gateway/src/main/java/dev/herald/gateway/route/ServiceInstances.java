package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Spring Cloud makes these beans in a context for each service, so this class must not be a {@code @Configuration}. */
class ServiceInstances {

    @Bean
    ServiceInstanceListSupplier instances(
            DiscoveryClient registry, Environment environment, OutlierDetection outliers, SlowStart slowStart) {
        return new InstanceSupplier(
                registry,
                environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME),
                outliers,
                slowStart);
    }
}
