package dev.herald.user.emailchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.user.RequestedEmails;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@UserServiceTest
class EmailChangeApiTest {

    private static final String CHANGE = "email-change";
    private static final String REQUESTED = "email-change-requested";
    private static final String CHANGED = "email-changed";

    @Autowired
    private RestTestClient http;

    @Autowired
    private RequestedEmails emails;

    @Autowired
    private JdbcTemplate jdbc;

    private final String newEmail = TestUser.newEmail();

    private Api api;
    private TestUser ada;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
    }

    @Test
    void aRequestChangesNothingButThePendingAddress() {
        Answer before = ada.api().get("/api/users/me").expect(200);

        assertThat(request(newEmail).expect(202).text("pendingEmail")).isEqualTo(newEmail);

        Answer after = ada.api().get("/api/users/me").expect(200);
        assertThat(after.text("email")).isEqualTo(ada.email());
        assertThat(after.text("pendingEmail")).isEqualTo(newEmail);
        assertThat(after.etag()).isNotEqualTo(before.etag());
        assertThat(TestUser.register(api)
                        .api()
                        .get(ada.path())
                        .expect(200)
                        .json()
                        .has("pendingEmail"))
                .isFalse();
        assertThat(emails.await(ada.id(), CHANGE, 1).getFirst().get("email").asString())
                .isEqualTo(newEmail);
        JsonNode notice = emails.await(ada.id(), REQUESTED, 1).getFirst();
        assertThat(notice.get("email").asString()).isEqualTo(ada.email());
        assertThat(notice.toString()).doesNotContain(newEmail);
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(notice.get("expiresAt").asString())))
                .isBetween(Duration.ofHours(167), Duration.ofDays(7));
    }

    @Test
    void theLinkConfirmsTheNewAddressAndTellsTheOld() {
        request(newEmail).expect(202);
        String token = emails.token(ada.id(), CHANGE);

        confirm(token).expect(204);

        JsonNode me = ada.api().get("/api/users/me").expect(200).json();
        assertThat(me.get("email").asString()).isEqualTo(newEmail);
        assertThat(me.get("emailVerified").asBoolean()).isTrue();
        assertThat(me.has("pendingEmail")).isFalse();
        assertThat(emails.await(ada.id(), CHANGED, 1).getFirst().get("email").asString())
                .isEqualTo(ada.email());
        assertThat(latestEvent().get("email").asString()).isEqualTo(newEmail);
        logIn(newEmail).expect(200);
        logIn(ada.email()).expect(401);
        confirm(token).problem(410, "token-expired-or-used");
    }

    private JsonNode latestEvent() {
        String payload = await()
                .atMost(ofSeconds(30))
                .until(() -> new KafkaWire().read("user-events", ada.id()), events -> events.size() == 2)
                .stream()
                .map(event -> new String(event.value(), UTF_8))
                .toList()
                .getLast();
        EventContract.v1("user.updated").assertAllows(payload);
        return JsonMapper.shared().readTree(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {REQUESTED, CHANGED})
    void theOldAddressUndoesTheChangeByEitherLink(String notice) {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        String token = emails.token(ada.id(), notice);

        undo(token).expect(204);

        ada.refresh().problem(401, "refresh-token-invalid");
        JsonNode me = meWithANewPassword();
        assertThat(me.get("email").asString()).isEqualTo(ada.email());
        assertThat(me.get("emailVerified").asBoolean()).isTrue();
        for (String kind : new String[] {REQUESTED, CHANGED}) {
            undo(emails.token(ada.id(), kind)).problem(410, "token-expired-or-used");
        }
    }

    @Test
    void theOldAddressUndoesARequestBeforeItIsConfirmed() {
        request(newEmail).expect(202);

        undo(emails.token(ada.id(), REQUESTED)).expect(204);

        confirm(emails.token(ada.id(), CHANGE)).problem(410, "token-expired-or-used");
        assertThat(meWithANewPassword().has("pendingEmail")).isFalse();
    }

    /** The person who asked for the change knew the old one. */
    private JsonNode meWithANewPassword() {
        for (String email : new String[] {ada.email(), newEmail}) {
            logIn(email).problem(401, "invalid-credentials");
        }
        JsonNode reset = emails.await(ada.id(), "password-reset", 1).getFirst();
        assertThat(reset.get("email").asString()).isEqualTo(ada.email());
        api.post(
                        "/api/auth/reset-password",
                        Map.of("token", emails.token(ada.id(), "password-reset"), "newPassword", "wrong zebra 43"))
                .expect(204);
        String token = api.post("/api/auth/login", Map.of("email", ada.email(), "password", "wrong zebra 43"))
                .expect(200)
                .text("accessToken");
        return api.as("Bearer " + token).get("/api/users/me").expect(200).json();
    }

    @Test
    void undoByALaterAddressLeavesTheLinksToTheOwnersAddress() {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        String owners = emails.token(ada.id(), CHANGED);
        request(TestUser.newEmail()).expect(202);
        String thiefs = emails.tokens(ada.id(), REQUESTED, 2).getLast();
        undo(thiefs).expect(204);

        undo(owners).expect(204);

        assertThat(addressOfTheAccount()).isEqualTo(ada.email());
        for (String token : emails.tokens(ada.id(), REQUESTED, 2)) {
            undo(token).problem(410, "token-expired-or-used");
        }
    }

    @Test
    void undoEndsTheLinksToLaterAddresses() {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        request(TestUser.newEmail()).expect(202);
        String later = emails.tokens(ada.id(), REQUESTED, 2).getLast();

        undo(emails.token(ada.id(), CHANGED)).expect(204);

        undo(later).problem(410, "token-expired-or-used");
        assertThat(addressOfTheAccount()).isEqualTo(ada.email());
    }

    private String addressOfTheAccount() {
        return TestUser.admin(api).api().get(ada.path()).expect(200).text("email");
    }

    @Test
    void undoEndsLinksOfEveryKind() {
        request(newEmail).expect(202);
        api.post("/api/auth/forgot-password", Map.of("email", ada.email())).expect(202);
        String reset = emails.token(ada.id(), "password-reset");

        undo(emails.token(ada.id(), REQUESTED)).expect(204);

        api.post("/api/auth/reset-password", Map.of("token", reset, "newPassword", "wrong zebra 43"))
                .problem(410, "token-expired-or-used");
    }

    @Test
    void refusesATakenAddressWhenItIsRequestedAndWhenItIsConfirmed() {
        TestUser eve = TestUser.register(api);
        JsonNode problem = request(eve.email().toUpperCase(Locale.ROOT)).problem(409, "email-taken");
        assertThat(problem.at("/errors/0/field").asString()).isEqualTo("newEmail");

        request(newEmail).expect(202);
        String token = emails.token(ada.id(), CHANGE);
        String eves = api.post("/api/users", Map.of("name", "Eve", "email", newEmail, "password", TestUser.PASSWORD))
                .expect(201)
                .text("id");

        JsonNode taken = confirm(token).problem(409, "email-taken");
        assertThat(taken.at("/errors/0/field").asString()).isEqualTo("token");
        TestUser.admin(api).api().delete("/api/users/" + eves).expect(204);
        confirm(token).expect(204);
    }

    @Test
    void oldAddressIsTakenForOthersWhileTheChangeCanBeUndone() {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        TestUser eve = TestUser.register(api);
        Api admin = TestUser.admin(api).api();
        Map<String, String> registration =
                Map.of("name", "Eve", "email", ada.email().toUpperCase(Locale.ROOT), "password", TestUser.PASSWORD);
        Map<String, String> change = Map.of("newEmail", ada.email(), "currentPassword", eve.password());
        Map<String, String> update = Map.of("name", "Eve", "email", ada.email());

        taken(api.post("/api/users", registration), "email");
        taken(eve.api().put("/api/users/me/email", change), "newEmail");
        taken(admin.put(eve.path(), update), "email");
        undo(emails.token(ada.id(), CHANGED)).expect(204);

        taken(api.post("/api/users", registration), "email");
        admin.delete(ada.path()).expect(204);
        admin.put(eve.path(), update).expect(200);
    }

    @Test
    void oldAddressIsFreeWhenTheChangeCannotBeUndoneAnyMore() {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);

        jdbc.update("update account_token set expires_at = now() where user_id = ?", ada.id());

        api.post("/api/users", Map.of("name", "Eve", "email", ada.email(), "password", TestUser.PASSWORD))
                .expect(201);
    }

    @Test
    void refusesAChangeToAnAddressThatWasReservedMeanwhile() {
        TestUser eve = TestUser.register(api);
        eve.api()
                .put("/api/users/me/email", Map.of("newEmail", newEmail, "currentPassword", eve.password()))
                .expect(202);
        String token = emails.token(eve.id(), CHANGE);
        minutesPass(eve);
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        request(TestUser.newEmail()).expect(202);
        confirm(emails.tokens(ada.id(), CHANGE, 2).getLast()).expect(204);

        taken(confirm(token), "token");
    }

    @Test
    void ownerMayRequestTheirOldAddressAgain() {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        minutesPass(ada);

        request(ada.email()).expect(202);

        confirm(emails.tokens(ada.id(), CHANGE, 2).getLast()).expect(204);
        assertThat(addressOfTheAccount()).isEqualTo(ada.email());
    }

    private static void taken(Answer answer, String field) {
        assertThat(answer.problem(409, "email-taken").at("/errors/0/field").asString())
                .isEqualTo(field);
    }

    private void minutesPass(TestUser user) {
        jdbc.update(
                "update account_token set created_at = created_at - interval '1 minute' where user_id = ?", user.id());
    }

    /** An instance of the release before registers it. */
    @Test
    void refusesToReturnToAnAddressThatIsTaken() {
        request(newEmail).expect(202);
        confirm(emails.token(ada.id(), CHANGE)).expect(204);
        TestUser eve = TestUser.register(api);
        jdbc.update("update users set email = ? where id = ?", ada.email(), eve.id());

        JsonNode taken = undo(emails.token(ada.id(), CHANGED)).problem(409, "email-taken");

        assertThat(taken.at("/errors/0/field").asString()).isEqualTo("token");
    }

    @Test
    void needsTheCurrentPasswordAndCountsWrongOnes() {
        for (int i = 0; i < 5; i++) {
            change(newEmail, "guess " + i).problem(403, "wrong-password");
        }
        request(newEmail).problem(429, "too-many-attempts");
    }

    @Test
    void refusesAnAddressThatCannotBeMailed() {
        JsonNode problem = request("ada@localhost").problem(400, "validation-failed");

        assertThat(problem.at("/errors/0/code").asString()).isEqualTo("not-deliverable");
    }

    @Test
    void presentAddressWithdrawsTheRequest() {
        request(newEmail).expect(202);

        assertThat(request(ada.email().toUpperCase(Locale.ROOT))
                        .expect(202)
                        .json()
                        .has("pendingEmail"))
                .isFalse();

        confirm(emails.token(ada.id(), CHANGE)).problem(410, "token-expired-or-used");
    }

    @Test
    void isRequestedOnceAMinute() {
        request(newEmail).expect(202);

        request(TestUser.newEmail()).problem(429, "too-many-attempts");
        assertThat(ada.api().get("/api/users/me").expect(200).text("pendingEmail"))
                .isEqualTo(newEmail);
    }

    @Test
    void requestsOfADeletedAccountCount() {
        request(newEmail).expect(202);
        ada.api().delete(ada.path()).expect(204);
        ada = TestUser.register(api);

        request(newEmail).problem(429, "too-many-attempts");
    }

    @Test
    void isNotPossibleWithoutConfirmationEvenForAnAdministrator() {
        TestUser admin = TestUser.admin(api);
        String self =
                "/api/users/" + admin.api().get("/api/users/me").expect(200).text("id");

        ada.api()
                .put(ada.path(), Map.of("name", "Ada", "email", newEmail))
                .problem(409, "email-change-needs-confirmation");
        admin.api()
                .put(self, Map.of("name", "Administrator", "email", newEmail))
                .problem(409, "email-change-needs-confirmation");
    }

    private Answer request(String email) {
        return change(email, ada.password());
    }

    private Answer change(String email, String password) {
        return ada.api().put("/api/users/me/email", Map.of("newEmail", email, "currentPassword", password));
    }

    private Answer confirm(String token) {
        return api.post("/api/auth/confirm-email", Map.of("token", token));
    }

    private Answer undo(String token) {
        return api.post("/api/auth/undo-email-change", Map.of("token", token));
    }

    private Answer logIn(String email) {
        return api.post("/api/auth/login", Map.of("email", email, "password", ada.password()));
    }
}
