package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The beans of one service that is called: Spring makes them for each, in a context of its own, which is why nothing finds this class. */
class InstancesOfAService {

    @Bean
    ServiceInstanceListSupplier instances(
            DiscoveryClient registry, Environment environment, OutlierDetection outliers, SlowStart slowStart) {
        return new RegistryCopy(
                registry,
                environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME),
                outliers,
                slowStart);
    }
}
