package dev.herald.platform.revocation;

import dev.herald.platform.security.RevokedSessions;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Keeps a copy of the revocations in every process that verifies access tokens. */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(StringRedisTemplate.class)
@ConditionalOnBean(StringRedisTemplate.class)
class RevocationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    RevocationLog revocationLog(StringRedisTemplate redis) {
        return new RevocationLog(redis);
    }

    @Bean
    @ConditionalOnMissingBean(RevokedSessions.class)
    RevocationMirror revocationMirror(
            RevocationLog revocations, ObjectProvider<LettuceConnectionFactory> connections, Clock clock) {
        return new RevocationMirror(revocations, connections, clock);
    }

    /** {@code herald_revocations_age_seconds}, {@code herald_revocations_known}, {@code herald_revocations_unreadable_total}. */
    @Bean
    MeterBinder revocationMetrics(RevocationMirror mirror) {
        return meters -> {
            Gauge.builder("herald.revocations.age", mirror, sessions -> seconds(sessions.age()))
                    .description(
                            "Time since the ended sessions were last read from Redis; tokens of sessions that ended later are accepted until they expire")
                    .baseUnit("seconds")
                    .register(meters);
            Gauge.builder("herald.revocations.known", mirror, RevocationMirror::size)
                    .description("Revoked sessions whose access tokens may not have expired yet")
                    .register(meters);
            FunctionCounter.builder("herald.revocations.unreadable", mirror, RevocationMirror::unreadable)
                    .description("Entries in Redis that were not revocations and were skipped")
                    .register(meters);
        };
    }

    private static double seconds(Duration duration) {
        return (double) duration.toMillis() / 1_000;
    }

    /** Always up, because a service works without Redis; the details show how current the copy is. */
    @Bean
    HealthIndicator revocationsHealthIndicator(RevocationMirror mirror) {
        return () -> Health.up()
                .withDetail("upToDate", !mirror.isStale())
                .withDetail("ageSeconds", mirror.age().toSeconds())
                .build();
    }
}
