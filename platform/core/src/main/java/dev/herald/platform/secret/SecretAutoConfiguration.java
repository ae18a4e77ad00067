package dev.herald.platform.secret;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
@ConditionalOnProperty("herald.secret")
class SecretAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Secret secret(@Value("${herald.secret}") String base64) {
        return new Secret(base64);
    }
}
