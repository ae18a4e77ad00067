package dev.herald.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.platform.hash.Sha256;
import dev.herald.platform.testing.Api;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class PasswordAttemptsTest {

    @Autowired
    private PasswordAttempts attempts;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private RestTestClient http;

    private TestUser ada;
    private String key = "";

    @BeforeEach
    void register() {
        ada = TestUser.register(new Api(http));
        key = "herald:failed-passwords:" + Sha256.hex(ada.email());
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "1.5", "-3", "007", "0x7", "nan", "1e3", "99999999999999999999", " 7"})
    void beginsAnewWithACounterThatIsNotANumber(String counter) {
        redis.opsForValue().set(key, counter);

        logIn(ada.password()).expect(200);

        redis.opsForValue().set(key, counter);
        endsAfterFiveFailures();
    }

    @Test
    void beginsAnewWithACounterOfAnotherType() {
        redis.opsForList().leftPush(key, "5");

        logIn(ada.password()).expect(200);

        redis.opsForList().leftPush(key, "5");
        endsAfterFiveFailures();
    }

    @Test
    void endsThePauseOfACounterThatDoesNotExpire() {
        redis.opsForValue().set(key, "5");

        logIn(ada.password()).problem(429, "too-many-attempts");

        assertThat(redis.getExpire(key, TimeUnit.MILLISECONDS))
                .isBetween(1L, Duration.ofMinutes(15).toMillis());
    }

    @Test
    void countsTheSpellingsOfAnAddressTogether() {
        String domain = TestUser.newEmail().replace("ada+", "").replace("@example.com", "");
        for (String spelling : new String[] {
            "ada@b\u00fccher", "Ada@xn--bcher-kva", "ADA@B\u00dcCHER", "ada@bu\u0308cher", "ada@ｂücher"
        }) {
            attempts.failed(spelling + "." + domain + ".example");
        }

        assertThatThrownBy(() -> attempts.requireOneLeft("ada@XN--BCHER-KVA." + domain + ".example"))
                .isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> attempts.requireOneLeft("a\u0307da@xn--bcher-kva." + domain + ".example"))
                .doesNotThrowAnyException();
    }

    private void endsAfterFiveFailures() {
        for (int i = 0; i < 5; i++) {
            logIn("guess " + i).problem(401, "invalid-credentials");
        }
        logIn(ada.password()).problem(429, "too-many-attempts");
        assertThat(redis.getExpire(key, TimeUnit.MILLISECONDS)).isPositive();
    }

    private Api.Answer logIn(String password) {
        return new Api(http).post("/api/auth/login", Map.of("email", ada.email(), "password", password));
    }
}
