package dev.herald.platform.remote;

import dev.herald.platform.registry.OutlierDetection;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The load balancer's beans of one called service; Spring creates a context for each. */
class InstancesOfAService {

    @Bean
    AnsweringInstances answeringInstances(
            DiscoveryClient registry, Environment environment, OutlierDetection outliers) {
        return new AnsweringInstances(registry, nameIn(environment), outliers);
    }

    @Bean
    InstanceOutcomes instanceOutcomes(DiscoveryClient registry, Environment environment, OutlierDetection outliers) {
        return new InstanceOutcomes(registry, nameIn(environment), outliers);
    }

    private static String nameIn(Environment environment) {
        return environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
    }
}
