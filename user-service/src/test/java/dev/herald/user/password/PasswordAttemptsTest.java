package dev.herald.user.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.testing.Api;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class PasswordAttemptsTest {

    private static final String LOGIN = "/api/auth/login";

    /** The first three parts of the owner's addresses. */
    private static final String OWN = "192.0.2.";

    @Autowired
    private PasswordAttempts attempts;

    @Autowired
    private StringRedisTemplate redis;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RestTestClient http;

    private TestUser ada;
    private String key = "";

    @BeforeEach
    void register() {
        ada = TestUser.register(from(OWN + "7"));
        key = "herald:password-failures:" + ada.id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "1.5", "-3", "007", "0x7", "nan", "1e3", "99999999999999999999", " 7"})
    void beginsAnewWithACounterThatIsNotANumber(String counter) {
        redis.opsForHash().put(key, OWN + "0/24", counter);
        redis.opsForHash().put(key, "all", counter);

        logIn(OWN, ada.password()).expect(200);

        redis.opsForHash().put(key, OWN + "0/24", counter);
        endsAfterFiveFailures();
    }

    @Test
    void beginsAnewWithACounterOfAnotherType() {
        redis.opsForList().leftPush(key, "5");

        logIn(OWN, ada.password()).expect(200);

        redis.delete(key);
        redis.opsForList().leftPush(key, "5");
        endsAfterFiveFailures();
    }

    @Test
    void endsThePauseOfACounterThatDoesNotExpire() {
        redis.opsForHash().put(key, OWN + "0/24", "5");

        logIn(OWN, ada.password()).problem(429, "too-many-attempts");

        assertThat(redis.getExpire(key, TimeUnit.MILLISECONDS))
                .isBetween(1L, Duration.ofMinutes(15).toMillis());
    }

    @Test
    void countsTheSpellingsOfAnAddressTogether() {
        String domain = TestUser.newEmail().replace("ada+", "").replace("@example.com", "");
        for (String spelling : new String[] {
            "ada@b\u00fccher", "Ada@xn--bcher-kva", "ADA@B\u00dcCHER", "ada@bu\u0308cher", "ada@ｂücher"
        }) {
            attempts.failed(unknown(spelling + "." + domain + ".example"));
        }

        assertThatThrownBy(() -> attempts.requireOneLeft(unknown("ada@XN--BCHER-KVA." + domain + ".example")))
                .isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> attempts.requireOneLeft(unknown("a\u0307da@xn--bcher-kva." + domain + ".example")))
                .doesNotThrowAnyException();
    }

    private static PasswordAttempt unknown(String email) {
        return new PasswordAttempt(null, email, new ClientNetwork(OWN + "0/24"));
    }

    @Test
    void locksOutOneNetworkOnly() {
        for (int host = 1; host <= 5; host++) {
            from("203.0.113." + host).post(LOGIN, credentials("guess")).expect(401);
        }

        logIn("203.0.113.", ada.password()).problem(429, "too-many-attempts");
        logIn("198.51.100.", ada.password()).expect(200);
        logIn(OWN, ada.password()).expect(200);
    }

    /** So a stranger's failure does not shorten the pause of another network, or let it begin before it ends. */
    @Test
    void windowOfANetworkBeginsWithItsOwnFirstFailure() {
        logIn("203.0.113.", "guess").expect(401);
        redis.expire(key, Duration.ofSeconds(5));
        timePasses("203.0.113.0/24", Duration.ofSeconds(895));

        for (int i = 0; i < 5; i++) {
            logIn(OWN, "guess " + i).expect(401);
        }

        assertThat(retryAfter(logIn(OWN, ada.password()))).isBetween(600, 901);
    }

    @Test
    void countsAnewWhenTheWindowOfTheNetworkHasEnded() {
        for (int i = 0; i < 5; i++) {
            logIn(OWN, "guess " + i).expect(401);
        }
        logIn(OWN, ada.password()).problem(429, "too-many-attempts");

        timePasses(OWN + "0/24", Duration.ofMinutes(15));

        for (int i = 0; i < 4; i++) {
            logIn(OWN, "guess " + i).expect(401);
        }
        logIn(OWN, ada.password()).expect(200);
    }

    @Test
    void forgetsNetworksWhoseWindowsHaveEnded() {
        logIn("203.0.113.", "guess").expect(401);
        timePasses("203.0.113.0/24", Duration.ofMinutes(15));
        timePasses("all", Duration.ofMinutes(15));

        logIn(OWN, "guess").expect(401);

        assertThat(redis.opsForHash().keys(key))
                .containsExactlyInAnyOrder(OWN + "0/24", OWN + "0/24 ends", "all", "all ends");
        assertThat(redis.opsForHash().get(key, "all")).isEqualTo("1");
    }

    private void timePasses(String counter, Duration time) {
        redis.opsForHash().increment(key, counter + " ends", -time.toMillis());
    }

    @Test
    void takesTheNetworkOfAnIpv6SubscriberAsOne() {
        for (int host = 1; host <= 5; host++) {
            from("2001:db8:0:1:" + host + "::1")
                    .post(LOGIN, credentials("guess"))
                    .expect(401);
        }

        from("2001:db8:0:1::9").post(LOGIN, credentials(ada.password())).problem(429, "too-many-attempts");
        from("2001:db8:0:2::9").post(LOGIN, credentials(ada.password())).expect(200);
    }

    @Test
    void countsTheCurrentPasswordToo() {
        Map<String, String> change = Map.of("currentPassword", "guess", "newPassword", "wrong zebra 43");
        for (int i = 0; i < 3; i++) {
            ada.api().put("/api/users/me/password", change).problem(403, "wrong-password");
            logIn(OWN, "guess").expect(i < 2 ? 401 : 429);
        }

        ada.api().put("/api/users/me/password", change).problem(429, "too-many-attempts");
    }

    @Test
    void countsByTheAccountWhateverItsAddress() {
        for (int i = 0; i < 3; i++) {
            logIn(OWN, "guess").expect(401);
        }
        String renamed = TestUser.newEmail();
        jdbc.update("update users set email = ?, email_key = ? where id = ?", renamed, renamed, ada.id());

        for (int i = 0; i < 2; i++) {
            from(OWN + "7")
                    .post(LOGIN, Map.of("email", renamed, "password", "guess"))
                    .expect(401);
        }
        from(OWN + "7")
                .post(LOGIN, Map.of("email", renamed, "password", ada.password()))
                .problem(429, "too-many-attempts");
    }

    @Test
    void strangersInManyNetworksDoNotLockTheOwnerOut() {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(logIn("203.0." + i % 20 + ".", "guess " + i).status());
        }

        assertThat(answers).containsOnly(401, 429);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(50);
        logIn(OWN, "a slip").expect(401);
        logIn(OWN, ada.password()).expect(200);
        ada.logInAgain();
        logIn("198.51.100.", ada.password()).problem(429, "too-many-attempts");
        assertThat(retryAfter(logIn("203.0.1.", ada.password()))).isBetween(600, 901);
    }

    @Test
    void knowsANetworkForThirtyDaysAfterTheLastLogin() {
        logIn("198.51.100.", ada.password()).expect(200);
        redis.opsForHash().put(key, "all", "50");

        logIn("198.51.100.", ada.password()).expect(200);
        jdbc.update(
                "update known_network set last_used_at = now() - interval '31 days' where user_id = ? and network = ?",
                ada.id(),
                "198.51.100.0/24");

        logIn("198.51.100.", ada.password()).problem(429, "too-many-attempts");
        logIn(OWN, ada.password()).expect(200);
    }

    @Test
    void knowsTheNetworkOfTheRegistration() {
        Map<String, String> eve = Map.of("name", "Eve", "email", TestUser.newEmail(), "password", "correct horse 42");
        String id = from(OWN + "8").post("/api/users", eve).expect(201).text("id");
        redis.opsForHash().put("herald:password-failures:" + id, "all", "50");
        Map<String, String> login = Map.of("email", eve.get("email"), "password", eve.get("password"));

        from("198.51.100.1").post(LOGIN, login).problem(429, "too-many-attempts");
        from(OWN + "9").post(LOGIN, login).expect(200);
    }

    @Test
    void locksOutAllNetworksOfAnAddressWithoutAnAccount() {
        String email = TestUser.newEmail();
        for (int i = 0; i < 50; i++) {
            attempts.failed(new PasswordAttempt(null, email, new ClientNetwork("203.0." + i + ".0/24")));
        }

        from(OWN + "7").post(LOGIN, Map.of("email", email, "password", "guess")).problem(429, "too-many-attempts");
    }

    @Test
    void areForgottenWhenTheOwnerIsKnownAnotherWay() {
        endsAfterFiveFailures();

        attempts.forget(ada.id());

        logIn(OWN, ada.password()).expect(200);
    }

    private void endsAfterFiveFailures() {
        for (int i = 0; i < 5; i++) {
            logIn(OWN, "guess " + i).problem(401, "invalid-credentials");
        }
        logIn(OWN, ada.password()).problem(429, "too-many-attempts");
        assertThat(redis.getExpire(key, TimeUnit.MILLISECONDS)).isPositive();
    }

    private static int retryAfter(Api.Answer refused) {
        return Integer.parseInt(String.valueOf(refused.header("Retry-After")));
    }

    private Api.Answer logIn(String network, String password) {
        return from(network + "7").post(LOGIN, credentials(password));
    }

    private Map<String, String> credentials(String password) {
        return Map.of("email", ada.email(), "password", password);
    }

    private Api from(String address) {
        return new Api(http).with("X-Forwarded-For", address);
    }
}
