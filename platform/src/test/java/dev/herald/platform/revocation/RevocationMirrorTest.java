package dev.herald.platform.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.RealRedis;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@ExtendWith(OutputCaptureExtension.class)
class RevocationMirrorTest {

    private static final String AWAY = "Redis is away";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final LettuceConnectionFactory connections = connections();
    private final RevocationLog revocations = new RevocationLog(new StringRedisTemplate(connections));
    private final RevocationMirror mirror = new RevocationMirror(
            revocations,
            new StaticListableBeanFactory(Map.of("redis", connections)).getBeanProvider(LettuceConnectionFactory.class),
            Clock.systemUTC());

    private static LettuceConnectionFactory connections() {
        URI redis = URI.create(RealRedis.url());
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(redis.getHost(), redis.getPort()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofMillis(250))
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    @AfterEach
    void stop() {
        mirror.stop();
        connections.destroy();
    }

    @Test
    void knowsWhatWasRevokedBeforeItStarted() {
        UUID session = UUID.randomUUID();
        revocations.append(List.of(new Revocation(session, Instant.now().plus(LONG))), LONG);

        mirror.start();

        assertThat(mirror.contains(session)).isTrue();
    }

    @Test
    void saysOnceThatRedisIsAwayAndGoesOnWhenItIsBack(CapturedOutput log) {
        mirror.start();
        RealRedis.stop();
        try {
            // The messages of a poll or two more.
            await().until(() -> mirror.age().compareTo(Duration.ofSeconds(4)) > 0);
            assertThat(log).containsOnlyOnce(AWAY);
        } finally {
            RealRedis.start();
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> !mirror.isStale());
    }
}
