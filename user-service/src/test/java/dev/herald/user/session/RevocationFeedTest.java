package dev.herald.user.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.RealRedis;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.test.web.servlet.client.RestTestClient;

/** A Redis that answers, but contains invalid data or accepts no writes. */
@UserServiceTest
class RevocationFeedTest {

    private static final String STREAM = "herald:revoked-sessions";

    @Autowired
    private RestTestClient http;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private HealthIndicator revocationFeedHealthIndicator;

    private RedisClient client;
    private RedisCommands<String, String> redis;
    private TestUser ada;

    @BeforeEach
    void register() {
        client = RedisClient.create(RealRedis.url());
        redis = client.connect().sync();
        await().atMost(ofSeconds(20)).until(this::isUpToDate);
        ada = TestUser.register(new Api(http));
    }

    @AfterEach
    void disconnect() {
        client.shutdown();
    }

    @Test
    void reportsAFullRedis() {
        redis.configSet("maxmemory", "1");
        try {
            logOutUnheard();
        } finally {
            redis.configSet("maxmemory", "0");
        }
        awaitTheEndOfTheSession();
    }

    @Test
    void reportsARedisReplica() {
        redis.replicaof("127.0.0.1", 1);
        try {
            logOutUnheard();
        } finally {
            redis.replicaofNoOne();
        }
        awaitTheEndOfTheSession();
    }

    @Test
    void fillsTheStreamAnewWhereSomethingElseHasItsName() {
        ada.api().post("/api/auth/logout", "").expect(204);
        redis.set(STREAM, "no stream");

        await().atMost(ofSeconds(10))
                .untilAsserted(() -> assertThat(redis.type(STREAM)).isEqualTo("stream"));
        awaitTheEndOfTheSession();
    }

    @Test
    void readsPastAnEntryThatIsNoRevocation() {
        redis.xadd(STREAM, "sid", "no UUID", "until", "soon");
        redis.xadd(STREAM, "something", "else");

        ada.api().post("/api/auth/logout", "").expect(204);

        awaitTheEndOfTheSession();
        assertThat(meters.get("herald.revocations.unreadable").functionCounter().count())
                .isGreaterThanOrEqualTo(2);
    }

    private void logOutUnheard() {
        ada.api().post("/api/auth/logout", "").expect(204);
        ada.refresh().problem(401, "refresh-token-invalid");
        await().atMost(ofSeconds(20)).until(() -> !isUpToDate());
        assertThat(meters.get("herald.revocations.publish.age").gauge().value()).isGreaterThan(1);
    }

    private void awaitTheEndOfTheSession() {
        await().atMost(ofSeconds(20))
                .untilAsserted(() -> ada.api().get("/api/users/me").problem(401, "token-revoked"));
        await().atMost(ofSeconds(20)).until(this::isUpToDate);
    }

    private boolean isUpToDate() {
        Health health = revocationFeedHealthIndicator.health();
        return health != null && Boolean.TRUE.equals(health.getDetails().get("upToDate"));
    }
}
