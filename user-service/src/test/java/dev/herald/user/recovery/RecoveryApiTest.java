package dev.herald.user.recovery;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.RequestedEmails;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import dev.herald.user.account.AccountChanges;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.token.AccountTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@UserServiceTest
class RecoveryApiTest {

    private static final String KIND = "password-reset";
    private static final String NEW_PASSWORD = "wrong zebra 43";

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RequestedEmails emails;

    @Autowired
    private AccountChanges accounts;

    @Autowired
    private AccountTokens tokens;

    @Autowired
    private Passwords passwords;

    @Autowired
    private PasswordAttempts attempts;

    @Autowired
    private ForgottenPasswords forgottenPasswords;

    private Api api;
    private TestUser ada;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
    }

    @Test
    void setsANewPasswordByALinkThatEndsAllSessionsAndVerifiesTheAddress() {
        TestUser elsewhere = ada.logInAgain();
        String token = forgotten();

        reset(token, NEW_PASSWORD).expect(204);

        for (TestUser session : List.of(ada, elsewhere)) {
            session.refresh().problem(401, "refresh-token-invalid");
            await().atMost(ofSeconds(2))
                    .untilAsserted(() -> session.api().get("/api/users/me").problem(401, "token-revoked"));
        }
        logIn(ada.password()).problem(401, "invalid-credentials");
        JsonNode me = as(logIn(NEW_PASSWORD)).get("/api/users/me").expect(200).json();
        assertThat(me.get("emailVerified").asBoolean()).isTrue();
        reset(token, NEW_PASSWORD).problem(410, "token-expired-or-used");
    }

    @Test
    void clearsTheLockout() {
        String token = forgotten();
        for (int i = 0; i < 6; i++) {
            logIn("guess " + i);
        }
        logIn(ada.password()).problem(429, "too-many-attempts");

        reset(token, NEW_PASSWORD).expect(204);

        logIn(NEW_PASSWORD).expect(200);
    }

    @Test
    void linkIsValidForAnHour() {
        forgot(ada.email().toUpperCase(Locale.ROOT)).expect(202);

        JsonNode email = emails.await(ada.id(), KIND, 1).getFirst();
        assertThat(email.get("email").asString()).isEqualTo(ada.email());
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(email.get("expiresAt").asString())))
                .isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody@example.com", "nonsense", "d\u00f6rte@example.com", "a@b@c"})
    void answersTheSameForAnAddressWithoutAccount(String email) {
        Answer unknown = forgot(email).expect(202);
        Answer known = forgot(ada.email()).expect(202);

        assertThat(unknown.result().getResponseBody()).isEqualTo(known.result().getResponseBody());
    }

    /** So the time of the answer cannot depend on it. */
    @Test
    void looksAnAddressUpAfterTheAnswer() {
        List<Runnable> later = new ArrayList<>();

        recovery(later::add).forgotPassword(ada.email());

        assertThat(emails.of(ada.id(), KIND)).isEmpty();
        later.forEach(Runnable::run);
        assertThat(emails.token(ada.id(), KIND)).isNotBlank();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void answersAfterTheProcessOrItsQueueWasLost() {
        recovery(_ -> {}).forgotPassword(ada.email());
        recovery(_ -> {
                    throw new RejectedExecutionException();
                })
                .forgotPassword("nobody@" + ada.email());
        assertThat(waiting()).hasSize(2);
        recovery(Runnable::run).answerWhatWaits();
        assertThat(emails.of(ada.id(), KIND)).as("an instance may work on it").isEmpty();

        jdbc.update("update forgotten_password set created_at = created_at - interval '30 seconds'");
        recovery(Runnable::run).answerWhatWaits();

        assertThat(emails.token(ada.id(), KIND)).isNotBlank();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void answersOnceAlthoughTheProcessIsLostBeforeItHasForgottenTheRequest() {
        forgotten();
        forgottenPasswords.add(ada.email());
        jdbc.update("update forgotten_password set created_at = created_at - interval '30 seconds'");

        recovery(Runnable::run).answerWhatWaits();

        assertThat(waiting()).isEmpty();
        assertThat(emails.of(ada.id(), KIND)).hasSize(1);
    }

    private Recovery recovery(TaskExecutor executor) {
        return new Recovery(accounts, tokens, passwords, attempts, forgottenPasswords, executor);
    }

    private List<@Nullable String> waiting() {
        return jdbc.queryForList(
                "select email from forgotten_password where email like '%' || ?", String.class, ada.email());
    }

    @Test
    void mailsOneLinkAMinuteAndAnswersTheSameBeyond() {
        forgotten();
        forgot(ada.email()).expect(202);
        forgot(ada.email()).expect(202);
        minutesPass(1);
        forgot(ada.email()).expect(202);

        assertThat(emails.tokens(ada.id(), KIND, 2)).doesNotHaveDuplicates();
    }

    @Test
    void refusedPasswordDoesNotUseTheToken() {
        String token = forgotten();

        reset(token, "password").problem(400, "validation-failed");
        reset(token, "short").problem(400, "validation-failed");

        reset(token, NEW_PASSWORD).expect(204);
    }

    @Test
    void usingALinkEndsTheOthers() {
        forgotten();
        minutesPass(1);
        forgot(ada.email()).expect(202);
        List<String> tokens = emails.tokens(ada.id(), KIND, 2);

        reset(tokens.getLast(), NEW_PASSWORD).expect(204);

        reset(tokens.getFirst(), "other zebra 44").problem(410, "token-expired-or-used");
    }

    @Test
    void onlyOneOfTwoResetsAtOnceSucceeds() throws Exception {
        String token = forgotten();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> statuses = Stream.of(
                            "zebra one 41", "zebra two 42", "zebra three 43", "zebra four 44")
                    .map(password -> threads.submit(() -> reset(token, password).status()))
                    .toList();
            assertThat(statuses).extracting(Future::get).containsOnlyOnce(204).containsOnly(204, 410);
        }
    }

    @Test
    void changedPasswordEndsLinks() {
        String token = forgotten();
        ada.api()
                .put("/api/users/me/password", Map.of("currentPassword", ada.password(), "newPassword", NEW_PASSWORD))
                .expect(204);

        reset(token, "other zebra 44").problem(410, "token-expired-or-used");
    }

    @Test
    void ownerTakesAnAccountThatAStrangerOpenedAndWantedToMoveAway() {
        ada.api()
                .put("/api/users/me/email", Map.of("newEmail", TestUser.newEmail(), "currentPassword", ada.password()))
                .expect(202);
        String strangers = emails.token(ada.id(), "email-change");

        reset(forgotten(), NEW_PASSWORD).expect(204);

        api.post("/api/auth/confirm-email", Map.of("token", strangers)).problem(410, "token-expired-or-used");
        assertThat(as(logIn(NEW_PASSWORD))
                        .get("/api/users/me")
                        .expect(200)
                        .json()
                        .has("pendingEmail"))
                .isFalse();
    }

    @Test
    void linkToAnAddressThatWasChangedMeanwhileIsDead() {
        String token = forgotten();
        String newEmail = TestUser.newEmail();
        ada.api()
                .put("/api/users/me/email", Map.of("newEmail", newEmail, "currentPassword", ada.password()))
                .expect(202);
        api.post("/api/auth/confirm-email", Map.of("token", emails.token(ada.id(), "email-change")))
                .expect(204);

        reset(token, NEW_PASSWORD).problem(410, "token-expired-or-used");
    }

    @Test
    void linkOfADeletedAccountIsDead() {
        String token = forgotten();
        ada.api().delete(ada.path()).expect(204);

        reset(token, NEW_PASSWORD).problem(410, "token-expired-or-used");
        forgot(ada.email()).expect(202);
        assertThat(emails.of(ada.id(), KIND)).hasSize(1);
    }

    private String forgotten() {
        forgot(ada.email()).expect(202);
        return emails.token(ada.id(), KIND);
    }

    private Answer forgot(String email) {
        return api.post("/api/auth/forgot-password", Map.of("email", email));
    }

    private Answer reset(String token, String password) {
        return api.post("/api/auth/reset-password", Map.of("token", token, "newPassword", password));
    }

    private Answer logIn(String password) {
        return api.post("/api/auth/login", Map.of("email", ada.email(), "password", password));
    }

    private Api as(Answer login) {
        return api.as("Bearer " + login.expect(200).text("accessToken"));
    }

    private void minutesPass(int minutes) {
        jdbc.update(
                "update account_token set created_at = created_at - make_interval(mins => ?) where user_id = ?",
                minutes,
                ada.id());
    }
}
