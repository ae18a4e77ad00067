package dev.herald.user.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.text.ParseException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

@UserServiceTest
class SessionApiTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private MeterRegistry meters;

    private Api api;
    private TestUser ada;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
    }

    @Nested
    class LoggingIn {

        @Test
        void givesTokensWithNoStore() {
            Answer tokens = logIn(ada.email(), ada.password()).expect(200);

            assertThat(tokens.json().propertyNames())
                    .containsExactlyInAnyOrder(
                            "accessToken", "tokenType", "expiresIn", "refreshToken", "refreshExpiresIn");
            assertThat(tokens.text("tokenType")).isEqualTo("Bearer");
            assertThat(tokens.json().get("expiresIn").asLong()).isEqualTo(900);
            assertThat(tokens.json().get("refreshExpiresIn").asLong()).isEqualTo(2_592_000);
            assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
        }

        @Test
        void saysInTheTokenWhoItIsAndForHowLong() throws ParseException {
            JWTClaimsSet claims = SignedJWT.parse(ada.accessToken()).getJWTClaimsSet();

            assertThat(claims.getClaims().keySet())
                    .containsExactlyInAnyOrder("iss", "sub", "email", "roles", "sid", "jti", "iat", "exp", "aud");
            assertThat(claims.getSubject()).isEqualTo(ada.id().toString());
            assertThat(claims.getStringClaim("email")).isEqualTo(ada.email());
            assertThat(claims.getStringListClaim("roles")).containsExactly("USER");
            assertThat(claims.getAudience()).containsExactly("herald");
            assertThat(claims.getExpirationTime().toInstant())
                    .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(900));
        }

        @Test
        void ignoresTheCaseOfTheAddress() {
            logIn(ada.email().toUpperCase(Locale.ROOT), ada.password()).expect(200);
        }

        @Test
        void answersAWrongPasswordAndAnUnknownAddressAlike() {
            Answer wrong = logIn(ada.email(), "not the password");
            Answer unknown = logIn(TestUser.newEmail(), "not the password");

            wrong.problem(401, "invalid-credentials");
            unknown.problem(401, "invalid-credentials");
            assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(wrong.json().get("detail")).isEqualTo(unknown.json().get("detail"));
            assertThat(wrong.result().getResponseHeaders().headerNames())
                    .isEqualTo(unknown.result().getResponseHeaders().headerNames());
        }

        @Test
        void countsHowLoginsEnd() {
            double before = logins("failed");

            logIn(ada.email(), "not the password").expect(401);

            assertThat(logins("failed")).isGreaterThan(before);
            assertThat(logins("succeeded")).isPositive();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{}", "{\"email\": \"ada@example.com\"}", "{\"email\": \"\\u0000\", \"password\": \"a\"}"})
        void refusesAnInvalidBody(String body) {
            api.post("/api/auth/login", body).problem(400, "validation-failed");
        }
    }

    @Nested
    class Guessing {

        @Test
        void endsAfterFiveFailuresWhetherTheAddressIsKnownOrNot() {
            for (String address : List.of(ada.email(), TestUser.newEmail())) {
                for (int i = 0; i < 5; i++) {
                    logIn(address, "guess " + i).problem(401, "invalid-credentials");
                }
                Answer refused = logIn(address.toUpperCase(Locale.ROOT), ada.password());
                refused.problem(429, "too-many-attempts");
                assertThat(Integer.parseInt(String.valueOf(refused.header("Retry-After"))))
                        .isBetween(800, 901);
            }
        }

        @Test
        void isForgottenAfterASuccess() {
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 4; i++) {
                    logIn(ada.email(), "guess " + i).expect(401);
                }
                logIn(ada.email(), ada.password()).expect(200);
            }
        }

        @Test
        void isNoQuickerWhenAllGuessesComeAtOnce() throws Exception {
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> guesses = clients.invokeAll(Collections.nCopies(
                        12, () -> logIn(ada.email(), "guess").status()));

                assertThat(guesses.stream().map(Future::resultNow).filter(status -> status == 401))
                        .hasSizeLessThanOrEqualTo(5);
            }
            logIn(ada.email(), ada.password()).expect(429);
        }

        @Test
        void doesNotHinderManyRightLoginsAtOnce() throws Exception {
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> logins = clients.invokeAll(Collections.nCopies(
                        8, () -> logIn(ada.email(), ada.password()).status()));

                assertThat(logins.stream().map(Future::resultNow)).containsOnly(200);
            }
        }
    }

    @Nested
    class Refreshing {

        @Test
        void givesANewPairForTheSameSession() throws ParseException {
            Answer tokens = ada.refresh().expect(200);

            SignedJWT old = SignedJWT.parse(ada.accessToken());
            SignedJWT fresh = SignedJWT.parse(tokens.text("accessToken"));
            assertThat(fresh.getJWTClaimsSet().getStringClaim("sid"))
                    .isEqualTo(old.getJWTClaimsSet().getStringClaim("sid"));
            assertThat(fresh.getJWTClaimsSet().getJWTID())
                    .isNotEqualTo(old.getJWTClaimsSet().getJWTID());
            assertThat(tokens.text("refreshToken")).isNotEqualTo(ada.refreshToken());
            assertThat(tokens.header("Cache-Control")).isEqualTo("no-store");
            refresh(tokens.text("refreshToken")).expect(200);
        }

        @Test
        void prolongsTheSession() {
            jdbc.update("update session set expires_at = now() + interval '1 day' where user_id = ?", ada.id());

            ada.refresh().expect(200);

            assertThat(jdbc.queryForObject(
                            "select expires_at > now() + interval '29 days' from session where user_id = ?",
                            Boolean.class,
                            ada.id()))
                    .isTrue();
        }

        @Test
        void givesAnotherPairOfTheSessionWhenAnAnswerWasLost() throws ParseException {
            ada.refresh().expect(200);

            Answer again = ada.refresh().expect(200);

            assertThat(sessionOf(again.text("accessToken"))).isEqualTo(sessionOf(ada.accessToken()));
            refresh(again.text("refreshToken")).expect(200);
        }

        @Test
        void endsTheSessionWhenATokenIsUsedTwice() {
            Answer tokens = ada.refresh().expect(200);
            letTheReuseIntervalPass();

            ada.refresh().problem(401, "refresh-token-reused");

            refresh(tokens.text("refreshToken")).problem(401, "refresh-token-invalid");
            awaitRevoked(ada.api());
            awaitRevoked(api.as("Bearer " + tokens.text("accessToken")));
        }

        @Test
        void leavesOtherSessionsAlone() {
            TestUser elsewhere = ada.logInAgain();
            ada.refresh().expect(200);
            letTheReuseIntervalPass();
            ada.refresh().expect(401);

            awaitRevoked(ada.api());
            elsewhere.api().get("/api/users/me").expect(200);
        }

        @Test
        void refusesAnUnknownToken() {
            refresh("made-up").problem(401, "refresh-token-invalid");
            refresh(ada.accessToken()).problem(400, "validation-failed");
        }

        @Test
        void refusesAnExpiredToken() {
            jdbc.update("""
                    update refresh_token set expires_at = now() - interval '1 second'
                    where session_id in (select id from session where user_id = ?)
                    """, ada.id());

            ada.refresh().problem(401, "refresh-token-invalid");
        }

        @Test
        void putsTheCurrentEmailIntoTheNewToken() throws ParseException {
            String newEmail = TestUser.newEmail();
            TestUser.admin(api)
                    .api()
                    .put(ada.path(), Map.of("name", "Ada", "email", newEmail))
                    .expect(200);

            Answer tokens = ada.refresh().expect(200);

            assertThat(SignedJWT.parse(tokens.text("accessToken"))
                            .getJWTClaimsSet()
                            .getStringClaim("email"))
                    .isEqualTo(newEmail);
        }

        private void letTheReuseIntervalPass() {
            jdbc.update("""
                    update refresh_token set used_at = used_at - interval '11 seconds'
                    where session_id in (select id from session where user_id = ?)
                    """, ada.id());
        }

        private static String sessionOf(String accessToken) throws ParseException {
            return SignedJWT.parse(accessToken).getJWTClaimsSet().getStringClaim("sid");
        }

        @Test
        void storesHashesOfTokensOnly() {
            String stored = jdbc.queryForList("select * from refresh_token").toString()
                    + jdbc.queryForList("select * from session");

            assertThat(stored).doesNotContain(ada.refreshToken(), ada.accessToken());
        }
    }

    @Nested
    class LoggingOut {

        @Test
        void endsTheSessionForGood() {
            TestUser elsewhere = ada.logInAgain();

            ada.api().post("/api/auth/logout", "").expect(204);

            awaitRevoked(ada.api());
            ada.refresh().problem(401, "refresh-token-invalid");
            elsewhere.api().get("/api/users/me").expect(200);
        }

        @Test
        void needsASession() {
            api.post("/api/auth/logout", "").problem(401, "authentication-required");
        }
    }

    private void awaitRevoked(Api session) {
        await().atMost(ofSeconds(1))
                .untilAsserted(() -> session.get("/api/users/me").problem(401, "token-revoked"));
    }

    private Answer logIn(String email, String password) {
        return api.post("/api/auth/login", Map.of("email", email, "password", password));
    }

    private Answer refresh(String token) {
        return api.post("/api/auth/refresh", Map.of("refreshToken", token));
    }

    private double logins(String outcome) {
        return meters.get("herald.logins").tag("outcome", outcome).counter().count();
    }
}
