package dev.herald.platform.secret;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnProperty("herald.secret")
@EnableConfigurationProperties(SecretSettings.class)
class SecretAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Secret secret(SecretSettings settings) {
        return new Secret(settings.secret());
    }
}
