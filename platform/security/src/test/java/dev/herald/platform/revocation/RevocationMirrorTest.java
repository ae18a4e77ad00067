package dev.herald.platform.revocation;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.RecordId;
import org.springframework.data.redis.connection.stream.StreamRecords;
import org.springframework.data.redis.core.StringRedisTemplate;

@ExtendWith(OutputCaptureExtension.class)
class RevocationMirrorTest {

    private static final String AWAY = "Redis does not answer";
    private static final Duration LONG = Duration.ofMinutes(5);

    private final LettuceConnectionFactory connections = connections();
    private final RevocationLog revocations = new RevocationLog(new StringRedisTemplate(connections));
    private final RevocationMirror mirror = mirror(connections);

    private static RevocationMirror mirror(LettuceConnectionFactory connections) {
        return new RevocationMirror(
                new RevocationLog(new StringRedisTemplate(connections)),
                new StaticListableBeanFactory(Map.of("redis", connections))
                        .getBeanProvider(LettuceConnectionFactory.class),
                Clock.systemUTC());
    }

    private static LettuceConnectionFactory connections() {
        return connections("default", "");
    }

    private static LettuceConnectionFactory connections(String user, String password) {
        URI address = URI.create(RealRedis.url());
        RedisStandaloneConfiguration redis = new RedisStandaloneConfiguration(address.getHost(), address.getPort());
        if (!password.isEmpty()) {
            redis.setUsername(user);
            redis.setPassword(password);
        }
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                redis,
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(2))
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
    void knowsWithdrawnKeysUntilNoProcessHasThem() {
        Instant now = Instant.now();
        revocations.appendKeys(
                List.of(
                        new WithdrawnKey("leaked", now.plus(LONG)),
                        new WithdrawnKey("forgotten", now.minus(Duration.ofSeconds(1)))),
                LONG);
        UUID session = UUID.randomUUID();
        revocations.append(List.of(new Revocation(session, now.plus(LONG))), LONG);

        mirror.start();

        assertThat(mirror.contains("leaked")).isTrue();
        assertThat(mirror.contains("forgotten")).isFalse();
        assertThat(mirror.contains(session)).isTrue();
        assertThat(mirror.unreadable()).isZero();
    }

    @Test
    void saysOnceThatRedisIsAwayAndGoesOnWhenItIsBack(CapturedOutput log) {
        mirror.start();
        RealRedis.stop();
        try {
            // Also counts the messages of one or two more polls.
            await().until(() -> mirror.age().compareTo(Duration.ofSeconds(4)) > 0);
            assertThat(log).containsOnlyOnce(AWAY);
        } finally {
            RealRedis.start();
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> !mirror.isStale());
    }

    @Test
    void readsTheLogWhereItMayNotSubscribe() {
        String user = "no-subscription";
        connections
                .getConnection()
                .execute(
                        "ACL",
                        Stream.of("SETUSER", user, "on", ">secret", "~*", "+@all", "-subscribe")
                                .map(argument -> argument.getBytes(UTF_8))
                                .toArray(byte[][]::new));
        LettuceConnectionFactory restricted = connections(user, "secret");
        RevocationMirror polling = mirror(restricted);
        try {
            polling.start();
            UUID session = UUID.randomUUID();
            revocations.append(List.of(new Revocation(session, Instant.now().plus(LONG))), LONG);

            await().atMost(Duration.ofSeconds(10)).until(() -> polling.contains(session));
            assertThat(polling.isStale()).isFalse();
        } finally {
            polling.stop();
            restricted.destroy();
        }
    }

    @Test
    void readsOnAfterAnEntryWhoseIdIsBeyondJavasLargestNumber() {
        mirror.start();
        StringRedisTemplate redis = new StringRedisTemplate(connections);
        try {
            redis.opsForStream()
                    .add(StreamRecords.string(Map.of("sid", UUID.randomUUID().toString(), "until", "0"))
                            .withStreamKey(RevocationLog.KEY)
                            .withId(RecordId.of("18446744073709551000-18446744073709551000")));
            UUID session = UUID.randomUUID();
            revocations.append(List.of(new Revocation(session, Instant.now().plus(LONG))), LONG);

            await().atMost(Duration.ofSeconds(10)).until(() -> mirror.contains(session));
        } finally {
            redis.delete(RevocationLog.KEY);
        }
    }

    @Test
    void readsOnAfterAnEntryFromTheFuture() {
        mirror.start();
        StringRedisTemplate redis = new StringRedisTemplate(connections);
        try {
            redis.opsForStream()
                    .add(StreamRecords.string(Map.of("sid", UUID.randomUUID().toString(), "until", "0"))
                            .withStreamKey(RevocationLog.KEY)
                            .withId(RecordId.of(Instant.now().plus(LONG).toEpochMilli(), 0)));
            await().until(() -> mirror.position().time() > Instant.now().toEpochMilli());
            redis.delete(RevocationLog.KEY);
            UUID session = UUID.randomUUID();
            revocations.append(List.of(new Revocation(session, Instant.now().plus(LONG))), LONG);

            await().atMost(Duration.ofSeconds(10)).until(() -> mirror.contains(session));
        } finally {
            redis.delete(RevocationLog.KEY);
        }
    }
}
