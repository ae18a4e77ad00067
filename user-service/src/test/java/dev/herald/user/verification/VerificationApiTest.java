package dev.herald.user.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.EventContract;
import dev.herald.user.RequestedEmails;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@UserServiceTest
class VerificationApiTest {

    private static final String LINK = "/api/users/me/verification";

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RequestedEmails emails;

    private Api api;
    private TestUser ada;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
    }

    @Test
    void aNewAccountIsUnverifiedAndItsLinkIsRequestedOnceWithoutTheTokenInClear() {
        assertThat(me().get("emailVerified").asBoolean()).isFalse();

        JsonNode email = emails.await(ada.id(), "verification", 1).getFirst();
        EventContract.v1("user.email-requested").assertAllows(email.toString());
        assertThat(email.get("email").asString()).isEqualTo(ada.email());
        assertThat(email.get("name").asString()).isEqualTo("Ada");
        assertThat(email.get("version").asLong()).isZero();
        assertThat(Duration.between(
                        Instant.now(), Instant.parse(email.get("expiresAt").asString())))
                .isBetween(Duration.ofHours(23), Duration.ofHours(24));
        String token = emails.token(ada.id(), "verification");
        assertThat(email.toString()).doesNotContain(token);
        assertThat(jdbc.queryForList("select * from account_token where user_id = ?", ada.id())
                        .toString())
                .doesNotContain(token);
    }

    @Test
    void theFirstAdministratorIsVerified() {
        assertThat(TestUser.admin(api)
                        .api()
                        .get("/api/users/me")
                        .expect(200)
                        .json()
                        .get("emailVerified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aLinkVerifiesTheAddressOnce() {
        Answer before = ada.api().get("/api/users/me").expect(200);
        String token = emails.token(ada.id(), "verification");

        verify(token).expect(204);

        Answer after = ada.api().get("/api/users/me").expect(200);
        assertThat(after.json().get("emailVerified").asBoolean()).isTrue();
        assertThat(after.etag()).isNotEqualTo(before.etag());
        verify(token).problem(410, "token-expired-or-used");
    }

    @Test
    void anotherLinkIsSentOnceAMinuteAndFiveTimesAnHour() {
        assertRetryAfter(ada.api().send(HttpMethod.POST, LINK, null), 60);

        for (int i = 0; i < 4; i++) {
            minutesPass(1);
            send().expect(202);
        }
        assertThat(emails.tokens(ada.id(), "verification", 5)).doesNotHaveDuplicates();
        minutesPass(1);
        assertRetryAfter(send(), 3_300);
        minutesPass(56);
        send().expect(202);
    }

    private void assertRetryAfter(Answer refused, int seconds) {
        refused.problem(429, "too-many-attempts");
        assertThat(Integer.parseInt(Objects.requireNonNull(refused.header("Retry-After"))))
                .isBetween(seconds - 30, seconds);
    }

    @Test
    void theMailsOfADeletedAccountCountAndTheirLinksAreDead() {
        String token = emails.token(ada.id(), "verification");
        ada.api().delete(ada.path()).expect(204);

        verify(token).problem(410, "token-expired-or-used");
        assertThat(jdbc.queryForList("select user_id from account_token where email = ?", ada.email()))
                .isEmpty();
        TestUser again = registerAgain();
        assertRetryAfter(again.api().send(HttpMethod.POST, LINK, null), 60);
        assertThat(emails.of(again.id(), "verification")).isEmpty();
        jdbc.update(
                "update account_token set created_at = created_at - interval '1 minute' where email_key = ?",
                EmailAddress.keyOf(ada.email()));
        again.api().send(HttpMethod.POST, LINK, null).expect(202);
        verify(emails.token(again.id(), "verification")).expect(204);
    }

    private TestUser registerAgain() {
        String id = api.post("/api/users", Map.of("name", "Ada", "email", ada.email(), "password", ada.password()))
                .expect(201)
                .text("id");
        Answer tokens = api.post("/api/auth/login", Map.of("email", ada.email(), "password", ada.password()))
                .expect(200);
        return new TestUser(
                api,
                UUID.fromString(id),
                ada.email(),
                ada.password(),
                tokens.text("accessToken"),
                tokens.text("refreshToken"));
    }

    @Test
    void usingALinkEndsTheOthers() {
        minutesPass(1);
        send().expect(202);
        List<String> tokens = emails.tokens(ada.id(), "verification", 2);

        verify(tokens.getFirst()).expect(204);

        verify(tokens.getLast()).problem(410, "token-expired-or-used");
        minutesPass(1);
        send().expect(202);
        assertThat(emails.of(ada.id(), "verification")).hasSize(2);
    }

    @Test
    void anAdministratorsChangeOfTheAddressUnverifiesItAndSendsALink() {
        verify(emails.token(ada.id(), "verification")).expect(204);
        String newEmail = TestUser.newEmail();

        Answer changed = TestUser.admin(api)
                .api()
                .put(ada.path(), Map.of("name", "Ada", "email", newEmail))
                .expect(200);

        assertThat(changed.json().get("emailVerified").asBoolean()).isFalse();
        assertThat(emails.await(ada.id(), "verification", 2)
                        .getLast()
                        .get("email")
                        .asString())
                .isEqualTo(newEmail);
        verify(emails.tokens(ada.id(), "verification", 2).getLast()).expect(204);
        assertThat(me().get("emailVerified").asBoolean()).isTrue();
    }

    @Test
    void aLinkToAnAddressThatIsNotTheAccountsAnyMoreIsDead() {
        String token = emails.token(ada.id(), "verification");
        TestUser.admin(api)
                .api()
                .put(ada.path(), Map.of("name", "Ada", "email", TestUser.newEmail()))
                .expect(200);

        verify(token).problem(410, "token-expired-or-used");
    }

    private JsonNode me() {
        return ada.api().get("/api/users/me").expect(200).json();
    }

    private Answer verify(String token) {
        return api.post("/api/auth/verify-email", Map.of("token", token));
    }

    private Answer send() {
        return ada.api().send(HttpMethod.POST, LINK, null);
    }

    private void minutesPass(int minutes) {
        jdbc.update(
                "update account_token set created_at = created_at - make_interval(mins => ?) where user_id = ?",
                minutes,
                ada.id());
    }
}
