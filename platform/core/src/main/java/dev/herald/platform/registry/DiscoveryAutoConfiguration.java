package dev.herald.platform.registry;

import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.EurekaClientConfig;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.netflix.eureka.EurekaDiscoveryClient;
import org.springframework.context.annotation.Bean;

@AutoConfiguration(beforeName = "org.springframework.cloud.netflix.eureka.EurekaDiscoveryClientConfiguration")
@ConditionalOnClass(EurekaDiscoveryClient.class)
@ConditionalOnProperty(
        name = {"eureka.client.enabled", "eureka.client.fetch-registry"},
        matchIfMissing = true)
class DiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(EurekaDiscoveryClient.class)
    RetainingDiscoveryClient discoveryClient(EurekaClient client, EurekaClientConfig config, Clock clock) {
        return new RetainingDiscoveryClient(client, config, clock);
    }
}
