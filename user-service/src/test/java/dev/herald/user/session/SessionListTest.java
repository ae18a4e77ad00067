package dev.herald.user.session;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@UserServiceTest
class SessionListTest {

    private static final String SESSIONS = "/api/users/me/sessions";

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    private TestUser ada;
    private TestUser elsewhere;

    @BeforeEach
    void logInTwice() {
        Api api = new Api(http);
        ada = TestUser.register(api.with("User-Agent", "first").with("X-Forwarded-For", "203.0.113.7"));
        elsewhere = new TestUser(
                        api.with("User-Agent", "second").with("X-Forwarded-For", "2001:db8:0:1::7"),
                        ada.id(),
                        ada.email(),
                        ada.password(),
                        "",
                        "")
                .logInAgain();
    }

    @Nested
    class Listing {

        @Test
        void showsTheNewestFirst() {
            List<JsonNode> sessions = list(ada.api());

            assertThat(sessions).hasSize(2).allSatisfy(session -> {
                assertThat(Instant.parse(session.get("createdAt").asString()))
                        .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
                assertThat(session.get("lastUsedAt")).isEqualTo(session.get("createdAt"));
            });
            assertThat(sessions.getFirst().propertyNames())
                    .containsExactlyInAnyOrder("id", "createdAt", "lastUsedAt", "userAgent", "network", "current");
            assertThat(texts(sessions, "userAgent")).containsExactly("second", "first");
            assertThat(texts(sessions, "network")).containsExactly("2001:db8:0:1::/64", "203.0.113.0/24");
            assertThat(texts(sessions, "current")).containsExactly("false", "true");
            assertThat(texts(list(elsewhere.api()), "current")).containsExactly("true", "false");
        }

        @Test
        void showsWhereASessionWasLastUsed() {
            new Api(http)
                    .with("User-Agent", "x".repeat(300))
                    .with("X-Forwarded-For", "198.51.100.1")
                    .post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken()))
                    .expect(200);

            JsonNode refreshed = list(elsewhere.api()).getLast();

            assertThat(refreshed.get("network").asString()).isEqualTo("198.51.100.0/24");
            assertThat(refreshed.get("userAgent").asString()).isEqualTo("x".repeat(200));
            assertThat(Instant.parse(refreshed.get("lastUsedAt").asString()))
                    .isAfter(Instant.parse(refreshed.get("createdAt").asString()));
        }

        @Test
        void showsASessionOfTheReleaseBefore() {
            jdbc.update(
                    "update session set last_used_at = null, user_agent = null, network = null where user_id = ?",
                    ada.id());

            assertThat(list(ada.api()))
                    .allSatisfy(session -> assertThat(session.propertyNames())
                            .containsExactlyInAnyOrder("id", "createdAt", "lastUsedAt", "current"));
        }

        @Test
        void isInPages() {
            Answer first = ada.api().get(SESSIONS + "?limit=1").expect(200);
            String cursor = first.text("nextCursor");

            Answer second =
                    ada.api().get(SESSIONS + "?limit=1&cursor=" + cursor).expect(200);

            assertThat(first.header("Link"))
                    .isEqualTo("<%s?limit=1&cursor=%s>; rel=\"next\"".formatted(SESSIONS, cursor));
            assertThat(first.json().at("/items/0/userAgent").asString()).isEqualTo("second");
            assertThat(second.json().at("/items/0/userAgent").asString()).isEqualTo("first");
            assertThat(second.json().has("nextCursor")).isFalse();
            ada.api().get(SESSIONS + "?cursor=made-up").problem(400, "invalid-cursor");
            ada.api().get(SESSIONS + "?limit=0").problem(400, "validation-failed");
        }

        @Test
        void leavesOutSessionsThatHaveEnded() {
            TestUser expired = ada.logInAgain();
            jdbc.update("update session set expires_at = now() where id = ?", idOf(expired));
            elsewhere.api().post("/api/auth/logout", "").expect(204);

            assertThat(list(ada.api())).hasSize(1);
        }

        @Test
        void needsASession() {
            new Api(http).get(SESSIONS).problem(401, "authentication-required");
        }
    }

    @Nested
    class Ending {

        @Test
        void endsOneSession() {
            String session = SESSIONS + "/" + idOf(elsewhere);

            ada.api().delete(session).expect(204);

            awaitRevoked(elsewhere);
            elsewhere.refresh().problem(401, "refresh-token-invalid");
            ada.api().delete(session).problem(404, "session-not-found");
            assertThat(list(ada.api())).hasSize(1);
        }

        @Test
        void endsTheCurrentSession() {
            ada.api().delete(SESSIONS + "/" + idOf(ada)).expect(204);

            awaitRevoked(ada);
            elsewhere.api().get(SESSIONS).expect(200);
        }

        @Test
        void endsAllButTheCurrentSession() {
            TestUser third = ada.logInAgain();

            ada.api().delete(SESSIONS).expect(204);

            awaitRevoked(elsewhere);
            awaitRevoked(third);
            assertThat(texts(list(ada.api()), "current")).containsExactly("true");
            ada.api().delete(SESSIONS).expect(204);
            ada.refresh().expect(200);
        }

        @Test
        void endsNoSessionOfAnotherUser() {
            TestUser eve = TestUser.register(new Api(http), "Eve");

            eve.api().delete(SESSIONS + "/" + idOf(ada)).problem(404, "session-not-found");
            eve.api().delete(SESSIONS + "/" + UUID.randomUUID()).problem(404, "session-not-found");
            eve.api().delete(SESSIONS + "/nonsense").problem(400, "malformed-request");
            eve.api().delete(SESSIONS).expect(204);

            assertThat(list(ada.api())).hasSize(2);
        }

        private void awaitRevoked(TestUser session) {
            await().atMost(ofSeconds(1))
                    .untilAsserted(() -> session.api().get(SESSIONS).problem(401, "token-revoked"));
        }
    }

    private static UUID idOf(TestUser session) {
        return list(session.api()).stream()
                .filter(item -> item.get("current").asBoolean())
                .map(item -> UUID.fromString(item.get("id").asString()))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> list(Api api) {
        List<JsonNode> items = new ArrayList<>();
        api.get(SESSIONS).expect(200).json().get("items").forEach(items::add);
        return items;
    }

    private static List<String> texts(List<JsonNode> sessions, String field) {
        return sessions.stream().map(session -> session.get(field).asString()).toList();
    }
}
