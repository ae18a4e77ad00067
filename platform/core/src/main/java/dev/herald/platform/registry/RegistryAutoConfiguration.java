package dev.herald.platform.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.transport.jersey.TransportClientFactories;
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
    Registration registryRegistration(
            ApplicationInfoManager instance, EurekaClientConfig config, TransportClientFactories<?> transports) {
        return new Registration(instance, Registries.of(config, transports, instance));
    }

    /** @param client is not called; as a dependency it is destroyed, and deregisters the instance, after the checks have ended */
    @Bean
    RegistrationChecks registrationChecks(Registration registration, EurekaClient client) {
        return new RegistrationChecks(registration);
    }

    @Bean
    RegistryMetrics registryMetrics(Registration registration) {
        return new RegistryMetrics(registration);
    }

    @Bean
    @ConditionalOnMissingBean(name = "registryHealthIndicator")
    RegistryHealth registryHealthIndicator(Registration registration) {
        return new RegistryHealth(registration);
    }
}
