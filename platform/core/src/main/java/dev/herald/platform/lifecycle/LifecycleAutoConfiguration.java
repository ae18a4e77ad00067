package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

@AutoConfiguration(afterName = "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration")
@ConditionalOnClass(ApplicationInfoManager.class)
@ConditionalOnBean(ApplicationInfoManager.class)
@ConditionalOnProperty(name = "eureka.client.register-with-eureka", matchIfMissing = true)
@EnableConfigurationProperties(ShutdownSettings.class)
class LifecycleAutoConfiguration {

    @Bean
    RegistrationOnReady registrationOnReady(ApplicationInfoManager registration) {
        return new RegistrationOnReady(registration);
    }

    @Bean
    DeregistrationDelay deregistrationDelay(ApplicationInfoManager registration, ShutdownSettings settings) {
        return new DeregistrationDelay(registration, settings.deregistrationDelay());
    }
}
