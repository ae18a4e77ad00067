package dev.herald.user.token;

import dev.herald.platform.housekeeping.Purge;
import dev.herald.platform.jwe.JweCipher;
import dev.herald.platform.topic.EventTopic;
import dev.herald.platform.topic.TopicSettings;
import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmailSecretSettings.class)
class TokenConfiguration {

    private static final Duration RETENTION = Duration.ofDays(2);

    @Bean
    JweCipher emailSecrets(EmailSecretSettings settings) {
        return new JweCipher(settings.emailSecret(), "HERALD_EMAIL_SECRET");
    }

    @Bean
    NewTopic emailRequestTopic(TopicSettings topics) {
        return EventTopic.expiring("user-email-requests", RETENTION, topics);
    }

    /** Deletes a token an hour after its expiry, because the limit of emails counts the requests of the last hour. */
    @Bean
    Purge expiredAccountTokens() {
        return new Purge("account_token", "expires_at < ?", Duration.ofHours(1));
    }
}
