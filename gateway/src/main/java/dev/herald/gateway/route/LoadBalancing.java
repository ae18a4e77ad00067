package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Round-robin over the instances that {@link InstanceSupplier} offers. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = LoadBalancing.OfOneService.class)
class LoadBalancing {

    /** Spring Cloud makes these beans in a context for each service, so that component scanning must not find this class. */
    static class OfOneService {

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
}
