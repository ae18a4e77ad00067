package dev.herald.user.keys;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.security.WithdrawnKeys;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.RealRedis;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class WithdrawnKeyTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private SigningKeys keys;

    @Autowired
    private WithdrawnKeys withdrawn;

    @Autowired
    private StringRedisTemplate redis;

    @LocalManagementPort
    private int management;

    @Test
    void endsItsTokensAndLeavesTheSessionsOpen() {
        TestUser ada = TestUser.register(new Api(http));
        ada.api().get("/api/users/me").expect(200);
        String leaked = keys.current().kid();

        Api.Answer answer = withdraw(leaked).expect(200);

        assertThat(answer.text("kid")).isEqualTo(leaked);
        assertThat(answer.text("signs")).isEqualTo(keys.current().kid()).isNotEqualTo(leaked);
        assertThat(answer.json().get("published").asBoolean()).isTrue();
        await().atMost(ofSeconds(10))
                .untilAsserted(() -> ada.api().get("/api/users/me").problem(401, "invalid-token"));
        String fresh = ada.refresh().expect(200).text("accessToken");
        new Api(http).as("Bearer " + fresh).get("/api/users/me").expect(200);
        withdraw(leaked).expect(200);
        withdraw("made-up").expect(404);
    }

    @Test
    void isPublishedAgainWhenRedisHasLostIt() {
        String leaked = keys.current().kid();
        RealRedis.stop();
        try {
            assertThat(withdraw(leaked).expect(200).json().get("published").asBoolean())
                    .isFalse();
        } finally {
            RealRedis.start();
        }

        await().atMost(ofSeconds(30)).until(() -> withdrawn.contains(leaked));
        redis.delete("herald:revoked-sessions");
        await().atMost(ofSeconds(10)).until(() -> Boolean.TRUE.equals(redis.hasKey("herald:revoked-sessions")));
    }

    private Api.Answer withdraw(String kid) {
        return new Api(RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                        .baseUrl("http://localhost:" + management)
                        .build())
                .delete("/actuator/signingkeys/" + kid);
    }
}
