package dev.herald.user.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.RealRedis;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class WithoutRedisTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private HealthIndicator revocationsHealthIndicator;

    @Autowired
    private MeterRegistry meters;

    private Api api;
    private TestUser ada;

    @BeforeEach
    void register() {
        await().atMost(ofSeconds(20)).until(this::isUpToDate);
        api = new Api(http);
        ada = TestUser.register(api);
    }

    @Test
    void everythingWorksAndEndedSessionsArePublishedAfterwards() {
        TestUser leaving = ada.logInAgain();
        RealRedis.stop();
        try {
            TestUser eve = TestUser.register(api, "Eve");
            eve.api().get(ada.path()).expect(200);
            eve.api()
                    .put(eve.path(), Map.of("name", "Eva", "email", eve.email()))
                    .expect(200);
            assertThat(eve.api().get(eve.path()).expect(200).text("name")).isEqualTo("Eva");
            ada.refresh().expect(200);
            leaving.api().post("/api/auth/logout", "").expect(204);

            // No service knows of the logout yet.
            leaving.api().get("/api/users/me").expect(200);
            leaving.refresh().problem(401, "refresh-token-invalid");
            await().atMost(ofSeconds(10)).until(() -> !isUpToDate());
            assertThat(meters.get("herald.revocations.age").gauge().value()).isGreaterThan(1);
        } finally {
            RealRedis.start();
        }
        await().atMost(ofSeconds(20))
                .untilAsserted(() -> leaving.api().get("/api/users/me").problem(401, "token-revoked"));
        ada.api().get("/api/users/me").expect(200);
        await().atMost(ofSeconds(10)).until(this::isUpToDate);
    }

    @Test
    void theRevocationsAreFilledInAgainWhenRedisHasLostThem() {
        ada.api().post("/api/auth/logout", "").expect(204);
        String session = "herald:revoked-sessions";
        await().until(() -> Boolean.TRUE.equals(redis.hasKey(session)));

        redis.execute(
                connection -> {
                    connection.serverCommands().flushAll();
                    return true;
                },
                false);

        await().atMost(ofSeconds(5)).until(() -> Boolean.TRUE.equals(redis.hasKey(session)));
        // The mirror reads the refilled revocations at its next poll.
        await().atMost(ofSeconds(5))
                .untilAsserted(() -> ada.api().get("/api/users/me").problem(401, "token-revoked"));
    }

    private boolean isUpToDate() {
        return Optional.ofNullable(revocationsHealthIndicator.health())
                .map(health -> health.getDetails().get("upToDate"))
                .equals(Optional.of(true));
    }
}
