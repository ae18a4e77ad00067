package dev.herald.user.session;

import dev.herald.platform.housekeeping.Purge;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {

    /** A session that has expired has no live token; its rows go with it. */
    @Bean
    Purge expiredSessions() {
        return new Purge("session", "expires_at < ?", Duration.ZERO);
    }

    /** One that was ended is needed until its last access token is dead, and an hour to be sure. */
    @Bean
    Purge endedSessions(SessionSettings settings) {
        return new Purge(
                "session", "revoked_at < ?", settings.accessTokenDeadAfter().plusHours(1));
    }

    @Bean
    Purge expiredRefreshTokens() {
        return new Purge("refresh_token", "expires_at < ?", Duration.ZERO);
    }
}
