package dev.herald.user.session;

import dev.herald.platform.housekeeping.Purge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
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

    /** {@code herald_revocations_publish_age_seconds}. */
    @Bean
    MeterBinder revocationFeedMetrics(RevocationFeed feed) {
        return meters -> Gauge.builder(
                        "herald.revocations.publish.age",
                        feed,
                        revocations -> (double) revocations.age().toMillis() / 1_000)
                .description(
                        "Time since Redis last held the end of every session and took writes; tokens of later ones live out their time")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Always up, because logging out works without Redis; the details tell whether it has taken effect. */
    @Bean
    HealthIndicator revocationFeedHealthIndicator(RevocationFeed feed) {
        return () -> Health.up()
                .withDetail("upToDate", !feed.isBehind())
                .withDetail("ageSeconds", feed.age().toSeconds())
                .build();
    }
}
