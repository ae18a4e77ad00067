package dev.herald.gateway.route;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How an instance is chosen: round-robin, among those that the registry lists. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = InstancesOfAService.class)
class LoadBalancing {

    /** Netty would send a request again when its connection is reset, a write too, which may have been done. */
    @Bean
    HttpClientCustomizer sendOnce() {
        return client -> client.disableRetry(true);
    }
}
