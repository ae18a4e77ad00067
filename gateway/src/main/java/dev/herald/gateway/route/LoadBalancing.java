package dev.herald.gateway.route;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How an instance is chosen: round-robin, among those that the registry lists; and how it is called. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = InstancesOfAService.class)
class LoadBalancing {

    /**
     * Netty would send a request again when its connection is reset, a write too, which may have been done. And it waits for the answer
     * on the connection's own thread: Spring's {@code httpclient.response-timeout} wakes up another one for every request.
     */
    @Bean
    HttpClientCustomizer calls(@Value("${herald.gateway.response-timeout}") Duration responseTimeout) {
        return client -> client.disableRetry(true).responseTimeout(responseTimeout);
    }
}
