package dev.herald.user.session;

import dev.herald.platform.housekeeping.Purge;
import dev.herald.user.keys.TokenSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TokenSettings.class, CookieSettings.class, NewNetworkSettings.class})
class SessionConfiguration {

    @Bean
    WebMvcConfigurer tokenTransports(CookieSettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new TokenTransportArgument(settings));
            }
        };
    }

    /** An expired session has no valid token. */
    @Bean
    Purge expiredSessions() {
        return new Purge("session", "expires_at < ?", Duration.ZERO);
    }

    /** An ended session is kept until its last access token has expired, plus an hour. */
    @Bean
    Purge endedSessions(TokenSettings settings) {
        return new Purge(
                "session", "revoked_at < ?", settings.accessTokenDeadAfter().plusHours(1));
    }

    /** A login from a deleted network causes an email again. */
    @Bean
    Purge forgottenNetworks() {
        return new Purge("known_network", "last_used_at < ?", Duration.ofDays(365));
    }

    @Bean
    Purge expiredRefreshTokens() {
        return new Purge("refresh_token", "expires_at < ?", Duration.ZERO);
    }

    @Bean
    MeterBinder revocationFeedMetrics(RevocationFeed feed) {
        return meters -> Gauge.builder(
                        "herald.revocations.publish.age",
                        feed,
                        revocations -> (double) revocations.age().toMillis() / 1_000)
                .description(
                        "Time since Redis last held every ended session and accepted writes; tokens of sessions that ended later stay valid")
                .baseUnit("seconds")
                .register(meters);
    }

    /** Always up, because logout works without Redis; the details show whether ended sessions reach Redis. */
    @Bean
    HealthIndicator revocationFeedHealthIndicator(RevocationFeed feed) {
        return () -> Health.up()
                .withDetail("upToDate", !feed.isBehind())
                .withDetail("ageSeconds", feed.age().toSeconds())
                .build();
    }
}
