package dev.herald.user.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.EventContract;
import dev.herald.platform.testing.KafkaWire;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import jakarta.validation.Validator;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@UserServiceTest
class AccountApiTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    private final KafkaWire kafka = new KafkaWire();

    private Api api;
    private TestUser ada;
    private TestUser admin;

    @BeforeEach
    void register() {
        api = new Api(http);
        ada = TestUser.register(api);
        admin = TestUser.admin(api);
    }

    @Nested
    class Reading {

        @Test
        void showsAnotherUserWithoutAddressAndRoles() {
            JsonNode seen =
                    TestUser.register(api).api().get(ada.path()).expect(200).json();

            assertThat(seen.propertyNames()).containsExactlyInAnyOrder("id", "name", "createdAt", "updatedAt");
        }

        @Test
        void showsEverythingToOneselfAndToAnAdministrator() {
            for (JsonNode seen : List.of(
                    ada.api().get("/api/users/me").expect(200).json(),
                    ada.api().get(ada.path()).expect(200).json(),
                    admin.api().get(ada.path()).expect(200).json())) {
                assertThat(seen.get("email").asString()).isEqualTo(ada.email());
                assertThat(seen.get("roles").toString()).isEqualTo("[\"USER\"]");
            }
        }

        @Test
        void answersAnUnchangedUserWith304AndHasATagForEachKindOfViewer() {
            Answer whole = ada.api().get(ada.path()).expect(200);
            Answer shown = TestUser.register(api).api().get(ada.path()).expect(200);

            assertThat(whole.etag()).startsWith("\"").isNotEqualTo(shown.etag());
            assertThat(whole.header("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(whole.header("Vary")).isEqualTo("Authorization");
            ada.api().with("If-None-Match", whole.etag()).get(ada.path()).expect(304);
            ada.api().with("If-None-Match", shown.etag()).get(ada.path()).expect(200);
            ada.api()
                    .with("If-None-Match", "W/" + whole.etag())
                    .get("/api/users/me")
                    .expect(304);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "If-None-Match | * | 304",
                    "If-None-Match | TAG | 304",
                    "If-None-Match | \"other\", TAG | 304",
                    "If-None-Match | \"other\" | 200",
                    "If-Match | * | 200",
                    "If-Match | \"other\", TAG | 200",
                    "If-Match | W/TAG | 412",
                    "If-Match | \"other\", \"another\" | 412"
                })
        void honoursPreconditions(String header, String value, int status) {
            for (String path : List.of("/api/users/me", ada.path())) {
                Answer known = ada.api().get(path).expect(200);

                Answer answer = ada.api()
                        .with(header, value.replace("TAG", known.etag()))
                        .get(path)
                        .expect(status);

                if (status == 412) {
                    answer.problem(412, "precondition-failed");
                } else {
                    assertThat(answer.etag()).isEqualTo(known.etag());
                    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
                }
            }
        }

        @Test
        void knowsNoUserWithAnotherId() {
            JsonNode problem = ada.api().get("/api/users/" + UUID.randomUUID()).problem(404, "user-not-found");

            assertThat(problem.get("instance").asString()).startsWith("/api/users/");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"1", "me-too", "1-1-1-1-1", "0199e0a5-7c1e-7a3b-9d52", "0199e0a57c1e7a3b9d526f0f3a1b2c4d"})
        void refusesAnIdThatIsNoUuid(String id) {
            ada.api().get("/api/users/" + id).problem(400, "malformed-request");
        }
    }

    @Nested
    class Listing {

        private final String family = "Fam" + UUID.randomUUID();

        @Test
        void pagesFromTheNewestToTheOldestAndBackToTheFilter() {
            List<String> oldestFirst = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                oldestFirst.add(registerNamed(family + " " + i));
            }
            List<String> seen = new ArrayList<>();
            String path = "/api/users?limit=2&name=" + family.toUpperCase(Locale.ROOT);
            while (!path.isEmpty()) {
                Answer page = ada.api().get(path).expect(200);
                page.json().get("items").forEach(user -> seen.add(user.get("id").asString()));
                String link = page.header("Link");
                assertThat(page.json().has("nextCursor")).isEqualTo(link != null);
                path = link == null ? "" : link.substring(1, link.indexOf('>'));
            }

            assertThat(seen).isEqualTo(oldestFirst.reversed());
        }

        @Test
        void hidesAddressAndRolesOfOthersButNotFromAnAdministrator() {
            registerNamed(family);

            assertThat(list(ada, "name=" + family).get(0).has("email")).isFalse();
            assertThat(list(ada, "name=" + family).get(0).has("roles")).isFalse();
            assertThat(list(admin, "name=" + family).get(0).has("email")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"100%", "a_b", "back\\slash", "Ž'; --"})
        void matchesEveryCharacterOfAPrefixLiterally(String special) {
            registerNamed(family + special);
            registerNamed(family + "100x a-b backslash");

            assertThat(list(ada, "name=" + URLEncoder.encode(family + special, UTF_8)))
                    .hasSize(1);
        }

        @Test
        void acceptsADateTimeOrADateAsExclusiveBound() {
            String id = registerNamed(family);
            Instant createdAt = Instant.parse(
                    admin.api().get("/api/users/" + id).expect(200).text("createdAt"));
            String byName = "name=" + family + "&registeredAfter=";

            assertThat(list(ada, byName + createdAt)).isEmpty();
            assertThat(list(ada, byName + createdAt.minusMillis(1))).hasSize(1);
            assertThat(list(ada, byName + URLEncoder.encode("2020-01-01T02:00:00+02:00", UTF_8)))
                    .hasSize(1);
            assertThat(list(ada, byName + "2020-01-01")).hasSize(1);
            assertThat(list(ada, byName + "9999-01-01")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "limit=0, validation-failed",
            "limit=101, validation-failed",
            "limit=many, validation-failed",
            "name=, validation-failed",
            "name=%00, validation-failed",
            "registeredAfter=yesterday, validation-failed",
            "registeredAfter=2026-02-30, validation-failed",
            "registeredAfter=%2B999999-01-01T00:00:00Z, validation-failed",
            "registeredAfter=2026-01-01T00:00:00, validation-failed",
            "cursor=forged, invalid-cursor",
            // ["Ada","no uuid"]
            "cursor=WyJBZGEiLCJubyB1dWlkIl0, invalid-cursor",
            // ["+999999999-01-01T00:00:00Z","0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d"]
            "cursor=WyIrOTk5OTk5OTk5LTAxLTAxVDAwOjAwOjAwWiIsIjAxOTllMGE1LTdjMWUtN2EzYi05ZDUyLTZmMGYzYTFiMmM0ZCJd, invalid-cursor"
        })
        void refusesABadParameter(String query, String code) {
            ada.api().get("/api/users?" + query).problem(400, code);
        }

        private String registerNamed(String name) {
            return api.post(
                            "/api/users",
                            Map.of("name", name, "email", TestUser.newEmail(), "password", TestUser.PASSWORD))
                    .expect(201)
                    .text("id");
        }

        private List<JsonNode> list(TestUser viewer, String query) {
            return viewer.api()
                    .get("/api/users?" + query)
                    .expect(200)
                    .json()
                    .get("items")
                    .valueStream()
                    .toList();
        }
    }

    @Nested
    class Updating {

        @Test
        void replacesNameAndAddressAndSaysSoOnKafka() {
            String email = TestUser.newEmail();

            Answer updated =
                    admin.api().put(ada.path(), update("Ada King", email)).expect(200);

            assertThat(updated.text("name")).isEqualTo("Ada King");
            assertThat(updated.text("email")).isEqualTo(email);
            assertThat(updated.text("updatedAt")).isGreaterThan(updated.text("createdAt"));
            Answer read = ada.api().get(ada.path()).expect(200);
            assertThat(read.json()).isEqualTo(updated.json());
            assertThat(read.etag()).isEqualTo(updated.etag());
            JsonNode event = awaitEvent("user.updated");
            assertThat(event.get("name").asString()).isEqualTo("Ada King");
            assertThat(event.get("version").asLong()).isEqualTo(1);
        }

        @Test
        void mayBeDoneByAnAdministrator() {
            admin.api().put(ada.path(), update("Ada King", ada.email())).expect(200);

            assertThat(ada.api().get(ada.path()).expect(200).text("name")).isEqualTo("Ada King");
        }

        @Test
        void changesNothingWhenNothingIsNew() {
            Answer before = ada.api().get(ada.path()).expect(200);

            Answer after = ada.api().put(ada.path(), update("Ada", ada.email())).expect(200);

            assertThat(after.etag()).isEqualTo(before.etag());
            assertThat(after.json()).isEqualTo(before.json());
        }

        @Test
        void refusesAnotherUsersAddressAndAcceptsTheOwnInAnotherCase() {
            TestUser eve = TestUser.register(api);

            admin.api().put(eve.path(), update("Eve", ada.email())).problem(409, "email-taken");
            ada.api()
                    .put(ada.path(), update("Ada", ada.email().toUpperCase(Locale.ROOT)))
                    .expect(200);
        }

        @Test
        void namesEveryFieldThatIsWrong() {
            JsonNode problem = ada.api()
                    .put(ada.path(), update(" ", "d\u00f6rte@example.com"))
                    .problem(400, "validation-failed");

            assertThat(problem.get("errors")
                            .valueStream()
                            .map(error -> error.get("field").asString() + " "
                                    + error.get("code").asString()))
                    .containsExactly("email not-deliverable", "name blank");
        }

        @Test
        void happensOnlyToWhatTheCallerHasSeen() {
            String seen = ada.api().get(ada.path()).etag();
            ada.api()
                    .with("If-Match", seen)
                    .put(ada.path(), update("One", ada.email()))
                    .expect(200);

            ada.api()
                    .with("If-Match", seen)
                    .put(ada.path(), update("Two", ada.email()))
                    .problem(412, "precondition-failed");
            ada.api()
                    .with("If-Match", "W/" + ada.api().get(ada.path()).etag())
                    .put(ada.path(), update("Two", ada.email()))
                    .problem(412, "precondition-failed");
            ada.api()
                    .with("If-Match", "*")
                    .put(ada.path(), update("Two", ada.email()))
                    .expect(200);
            String current = ada.api().get(ada.path()).etag();
            ada.api()
                    .with("If-Match", "\"other\", " + current)
                    .put(ada.path(), update("Three", ada.email()))
                    .expect(200);
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "TAG", "W/TAG", "\"other\", TAG"})
        void isRefusedIfIfNoneMatchContainsTheTag(String value) {
            Answer before = ada.api().get(ada.path()).expect(200);
            Api fresh = ada.api().with("If-None-Match", value.replace("TAG", before.etag()));

            fresh.put(ada.path(), update("Two", ada.email())).problem(412, "precondition-failed");
            fresh.delete(ada.path()).problem(412, "precondition-failed");

            assertThat(ada.api().get(ada.path()).expect(200).json()).isEqualTo(before.json());
            ada.api()
                    .with("If-None-Match", "\"other\"")
                    .put(ada.path(), update("Two", ada.email()))
                    .expect(200);
        }

        @Test
        void letsOneOfManyWinWhoHaveSeenTheSame() throws Exception {
            String seen = ada.api().get(ada.path()).etag();
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> updates = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    String name = "Ada " + i;
                    updates.add(clients.submit(() -> ada.api()
                            .with("If-Match", seen)
                            .put(ada.path(), update(name, ada.email()))
                            .status()));
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> update : updates) {
                    statuses.add(update.get());
                }
                assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
            }
        }

        @Test
        void checksPermissionAndInputBeforeThePrecondition() {
            Api stale = ada.api().with("If-Match", "\"stale\"");

            stale.put(ada.path(), Map.of("name", "Ada")).problem(400, "validation-failed");
            stale.put(ada.path(), update("Ada", "ada@localhost")).problem(400, "validation-failed");
            stale.put(admin.path(), update("Eve", ada.email())).problem(403, "forbidden");
            admin.api()
                    .with("If-Match", "\"stale\"")
                    .put("/api/users/" + UUID.randomUUID(), update("Eve", ada.email()))
                    .problem(404, "user-not-found");
        }

        @ParameterizedTest
        @ValueSource(strings = {"roles", "id", "password", "version"})
        void refusesAFieldThatIsNotForTheUserToSet(String field) {
            ada.api()
                    .put(ada.path(), Map.of("name", "Ada", "email", ada.email(), field, "x"))
                    .problem(400, "malformed-request");
        }

        private Map<String, String> update(String name, String email) {
            return Map.of("name", name, "email", email);
        }
    }

    @Nested
    class Deleting {

        @Test
        void erasesTheUserAndEndsTheirSessions() {
            TestUser elsewhere = ada.logInAgain();
            admin.api().get(ada.path()).expect(200);

            ada.api().delete(ada.path()).expect(204);

            admin.api().get(ada.path()).problem(404, "user-not-found");
            awaitRevoked(ada);
            awaitRevoked(elsewhere);
            elsewhere.refresh().problem(401, "refresh-token-invalid");
            api.post("/api/auth/login", Map.of("email", ada.email(), "password", ada.password()))
                    .problem(401, "invalid-credentials");
            JsonNode event = awaitEvent("user.deleted");
            assertThat(event.propertyNames()).containsExactlyInAnyOrder("id", "version");
            assertThat(event.get("version").asLong()).isEqualTo(1);
            assertThat(jdbc.queryForList("select * from users where id = ?", ada.id()))
                    .isEmpty();
        }

        @Test
        void happensOnlyToWhatTheCallerHasSeen() {
            admin.api().with("If-Match", "\"stale\"").delete(ada.path()).problem(412, "precondition-failed");

            admin.api()
                    .with("If-Match", admin.api().get(ada.path()).etag())
                    .delete(ada.path())
                    .expect(204);
            admin.api().delete(ada.path()).problem(404, "user-not-found");
        }

        @Test
        void freesTheAddress() {
            ada.api().delete(ada.path()).expect(204);

            api.post("/api/users", Map.of("name", "Ada", "email", ada.email(), "password", ada.password()))
                    .expect(201);
        }
    }

    @Nested
    class ChangingThePassword {

        private static final String NEW = "wrong zebra 43";

        @Test
        void endsEveryOtherSession() {
            TestUser elsewhere = ada.logInAgain();

            change(ada, ada.password(), NEW).expect(204);

            awaitRevoked(elsewhere);
            ada.api().get("/api/users/me").expect(200);
            api.post("/api/auth/login", Map.of("email", ada.email(), "password", ada.password()))
                    .problem(401, "invalid-credentials");
            api.post("/api/auth/login", Map.of("email", ada.email(), "password", NEW))
                    .expect(200);
            assertThat(awaitEvent("user.password-changed").toString()).doesNotContain(NEW, "argon2");
        }

        @Test
        void needsTheCurrentOne() {
            Answer refused = change(ada, "not the password", NEW);

            refused.problem(403, "wrong-password");
            api.post("/api/auth/login", Map.of("email", ada.email(), "password", ada.password()))
                    .expect(200);
        }

        @Test
        void isNoWayToGuessTheCurrentOne() {
            for (int i = 0; i < 5; i++) {
                change(ada, "guess " + i, NEW).expect(403);
            }

            change(ada, ada.password(), NEW).problem(429, "too-many-attempts");
        }

        @ParameterizedTest
        @ValueSource(strings = {"short", "password123"})
        void refusesAWeakOne(String weak) {
            change(ada, ada.password(), weak).problem(400, "validation-failed");
        }

        private Answer change(TestUser user, String current, String next) {
            return user.api().put("/api/users/me/password", Map.of("currentPassword", current, "newPassword", next));
        }
    }

    @Nested
    class AssigningRoles {

        @Test
        void isForAdministratorsAndEndsTheSessionsOfTheUser() {
            Answer changed = admin.api()
                    .put(ada.path() + "/roles", Map.of("roles", List.of("USER", "ADMIN")))
                    .expect(200);

            assertThat(changed.json().get("roles").valueStream().map(JsonNode::asString))
                    .containsExactlyInAnyOrder("USER", "ADMIN");
            awaitRevoked(ada);
            TestUser again = ada.logInAgain();
            again.api().get(admin.path()).problem(404, "user-not-found");
            again.api()
                    .put(ada.path() + "/roles", Map.of("roles", List.of("USER")))
                    .expect(200);
        }

        @ParameterizedTest
        @CsvSource({"[], validation-failed", "['ROOT'], malformed-request", "[null], malformed-request"})
        void refusesWhatIsNoSetOfRoles(String roles, String code) {
            admin.api()
                    .put(ada.path() + "/roles", "{\"roles\": " + roles.replace('\'', '"') + "}")
                    .problem(400, code);
        }
    }

    @Nested
    class Repeating {

        private final Map<String, String> body =
                Map.of("name", "Eve", "email", TestUser.newEmail(), "password", TestUser.PASSWORD);

        @Test
        void givesTheFirstAnswerAgain() {
            String key = UUID.randomUUID().toString();
            Answer first = with(key).post("/api/users", body).expect(201);

            Answer second = with("\"" + key + "\"").post("/api/users", body).expect(201);

            assertThat(first.header("Idempotency-Replayed")).isNull();
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(second.json()).isEqualTo(first.json());
            assertThat(second.etag()).isEqualTo(first.etag());
            assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        }

        @Test
        void givesAnAnswerOfAnotherReleaseAsItWas() {
            String key = UUID.randomUUID().toString();
            with(key).post("/api/users", body).expect(201);
            String stored = "{\"name\":\"Eve\",\"nickname\":\"Evi\",\"roles\":\"USER\"}";
            assertThat(jdbc.update(
                            "update idempotency set body = ? where body like ?", stored, "%" + body.get("email") + "%"))
                    .isEqualTo(1);

            Answer repeated = with(key).post("/api/users", body).expect(201);

            assertThat(repeated.header("Content-Type")).isEqualTo("application/json");
            assertThat(repeated.json().toString()).isEqualTo(stored);
        }

        @Test
        void needsTheSameBody() {
            String key = UUID.randomUUID().toString();
            with(key).post("/api/users", body).expect(201);

            with(key)
                    .post("/api/users", Map.of("name", "Eve", "email", TestUser.newEmail(), "password", "another one"))
                    .problem(422, "idempotency-key-reused");
        }

        @Test
        void registersOnceHoweverManyComeAtOnce() throws Exception {
            Api client = with(UUID.randomUUID().toString());
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Answer>> answers =
                        clients.invokeAll(Collections.nCopies(6, () -> client.post("/api/users", body)));

                assertThat(answers.stream().map(Future::resultNow)).allSatisfy(answer -> {
                    if (answer.status() == 409) {
                        answer.problem(409, "idempotency-key-in-use");
                    } else {
                        answer.expect(201);
                    }
                });
                assertThat(answers.stream()
                                .map(Future::resultNow)
                                .filter(answer -> answer.status() == 201)
                                .filter(answer -> answer.header("Idempotency-Replayed") == null))
                        .hasSize(1);
            }
            client.post("/api/users", body).expect(201);
        }

        @Test
        void isNotBoundByAFailure() {
            Api client = with(UUID.randomUUID().toString());
            client.post("/api/users", Map.of("name", "Eve")).problem(400, "validation-failed");
            client.post("/api/users", Map.of("name", "Eve", "email", ada.email(), "password", TestUser.PASSWORD))
                    .problem(409, "email-taken");

            client.post("/api/users", body).expect(201);
        }

        @Test
        void keepsNoPassword() {
            with(UUID.randomUUID().toString()).post("/api/users", body).expect(201);

            assertThat(jdbc.queryForList("select * from idempotency").toString())
                    .doesNotContain(TestUser.PASSWORD);
        }

        @ParameterizedTest
        @ValueSource(strings = {"with space", "\"\"", "a\tb"})
        void refusesWhatIsNoKey(String key) {
            JsonNode problem = with(key).post("/api/users", body).problem(400, "validation-failed");

            assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("Idempotency-Key");
        }

        private Api with(String key) {
            return api.with("Idempotency-Key", key);
        }
    }

    @Nested
    class TheFirstAdministrator {

        @Autowired
        private Registration registration;

        @Autowired
        private Users users;

        @Autowired
        private Validator validator;

        @Test
        void isNotAnExistingUser() {
            firstAdmin(ada.email(), TestUser.PASSWORD);

            assertThat(ada.api()
                            .get("/api/users/me")
                            .expect(200)
                            .json()
                            .get("roles")
                            .toString())
                    .isEqualTo("[\"USER\"]");
        }

        @Test
        void isNotRegisteredUnderAnotherSpellingOfATakenAddress() {
            String email = TestUser.newEmail().replace("example.com", "b\u00fccher.example");
            firstAdmin(email, TestUser.PASSWORD);

            firstAdmin(email.toUpperCase(Locale.ROOT), TestUser.PASSWORD);

            assertThat(jdbc.queryForList(
                            "select email from users where email like ?",
                            String.class,
                            email.replaceFirst("@.*", "@%")))
                    .containsExactly(email.replace("b\u00fccher", "xn--bcher-kva"));
        }

        @Test
        void needsWhatEveryoneNeeds() {
            assertThatThrownBy(() -> firstAdmin(TestUser.newEmail(), "password"))
                    .hasMessageContaining("HERALD_ADMIN_PASSWORD")
                    .hasMessageContaining("most used");
        }

        private void firstAdmin(String email, String password) {
            new FirstAdmin(registration, users, validator, new AdminSettings(email, password))
                    .run(new DefaultApplicationArguments());
        }
    }

    private void awaitRevoked(TestUser user) {
        await().atMost(ofSeconds(1))
                .untilAsserted(() -> user.api().get("/api/users/me").problem(401, "token-revoked"));
    }

    /** The event of this type about Ada, as its contract wants it. */
    private JsonNode awaitEvent(String type) {
        ConsumerRecord<String, byte[]> message = await().atMost(ofSeconds(30))
                .until(
                        () -> kafka.read("user-events", ada.id()).stream()
                                .filter(each ->
                                        CloudEvents.read(each.headers()).type().equals(type))
                                .toList(),
                        found -> found.size() == 1)
                .getFirst();
        String payload = new String(message.value(), UTF_8);
        EventContract.v1(type).assertAllows(payload);
        return JsonMapper.shared().readTree(payload);
    }
}
