package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@AutoConfiguration(afterName = "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration")
class LifecycleAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ApplicationInfoManager.class)
    @ConditionalOnBean(ApplicationInfoManager.class)
    @ConditionalOnProperty(name = "eureka.client.register-with-eureka", matchIfMissing = true)
    @EnableConfigurationProperties(ShutdownSettings.class)
    static class WithRegistry {

        @Bean
        RegistrationOnReady registrationOnReady(ApplicationInfoManager registration) {
            return new RegistrationOnReady(registration);
        }

        /**
         * Sets the status DOWN. The registry ignores OUT_OF_SERVICE from an instance that it lists as UP, and a status
         * override would also apply to the next instance with the same id.
         */
        @Bean
        DeregistrationDelay deregistrationDelay(ApplicationInfoManager registration, ShutdownSettings settings) {
            return new DeregistrationDelay(
                    () -> registration.setInstanceStatus(InstanceStatus.DOWN), settings.deregistrationDelay());
        }
    }

    /**
     * Deregisters nothing: a stopping instance is not ready, and the network needs some seconds until it sends no more
     * requests to that instance.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "herald.discovery", havingValue = "dns")
    @EnableConfigurationProperties(ShutdownSettings.class)
    static class WithoutRegistry {

        @Bean
        DeregistrationDelay deregistrationDelay(ShutdownSettings settings) {
            return new DeregistrationDelay(() -> {}, settings.deregistrationDelay());
        }
    }
}
