package dev.herald.platform.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

@AutoConfiguration(afterName = "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration")
@ConditionalOnClass(ApplicationInfoManager.class)
@ConditionalOnBean(ApplicationInfoManager.class)
@ConditionalOnProperty(name = "eureka.client.register-with-eureka", matchIfMissing = true)
class RegistryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "registryHealthIndicator")
    RegistryHealth registryHealthIndicator(ApplicationInfoManager instance) {
        return new RegistryHealth(instance);
    }
}
