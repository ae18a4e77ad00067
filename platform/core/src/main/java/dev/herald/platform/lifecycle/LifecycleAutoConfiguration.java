package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Registers an instance when it can serve, and deregisters it before it stops. */
@AutoConfiguration(afterName = "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration")
@ConditionalOnClass(ApplicationInfoManager.class)
@ConditionalOnProperty(name = "eureka.client.register-with-eureka", matchIfMissing = true)
class LifecycleAutoConfiguration {

    @Bean
    @ConditionalOnBean(ApplicationInfoManager.class)
    @ConditionalOnMissingBean
    RegistrationOnReady registrationOnReady(ApplicationInfoManager registration) {
        return new RegistrationOnReady(registration);
    }

    @Bean
    @ConditionalOnBean(ApplicationInfoManager.class)
    @ConditionalOnMissingBean
    DeregistrationDelay deregistrationDelay(
            ApplicationInfoManager registration, @Value("${herald.shutdown.last-call}") Duration duration) {
        return new DeregistrationDelay(registration, duration);
    }
}
