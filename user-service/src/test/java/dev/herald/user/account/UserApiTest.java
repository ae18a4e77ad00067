package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import dev.herald.platform.testing.Unicode;
import dev.herald.user.TestUser;
import dev.herald.user.UserServiceTest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;

@UserServiceTest
class UserApiTest {

    @Autowired
    private RestTestClient http;

    @Autowired
    private JdbcTemplate jdbc;

    private final String email = "ada+" + UUID.randomUUID() + "@example.com";

    @Nested
    class Registering {

        @Test
        void answersWithTheUserAndTheirAddress() {
            JsonNode user = register("Ada", email);

            UUID id = UUID.fromString(user.get("id").asString());
            assertThat(id.version()).isEqualTo(7);
            assertThat(user.get("name").asString()).isEqualTo("Ada");
            assertThat(user.get("email").asString()).isEqualTo(email);
            assertThat(user.get("roles").toString()).isEqualTo("[\"USER\"]");
            assertThat(user.get("createdAt").asString())
                    .endsWith("Z")
                    .isEqualTo(user.get("updatedAt").asString());
            assertThat(user.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id", "name", "email", "emailVerified", "roles", "createdAt", "updatedAt");
        }

        @Test
        void pointsToTheNewUser() {
            Answer created = post(body("Ada", email, TestUser.PASSWORD)).expect(201);

            String location = String.valueOf(created.header("Location"));
            assertThat(location).isEqualTo("/api/users/" + created.text("id"));
            assertThat(TestUser.register(api()).api().get(location).expect(200).text("name"))
                    .isEqualTo("Ada");
        }

        @Test
        void storesTheArgon2idHashOnly() {
            register("Ada", email);

            assertThat(jdbc.queryForObject("select password_hash from users where email = ?", String.class, email))
                    .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Žofie", "李小龍", "عائشة", "O'Brien; drop table users", "😀", "tab\there", "\u0001a"})
        void keepsEveryNameAsItIs(String name) {
            assertThat(register(name, email).get("name").asString()).isEqualTo(name);
        }

        @Test
        void keepsANameWithCharactersOfEveryPlaneAndControls() {
            TestUser ada = TestUser.register(api(), Unicode.OF_EVERY_KIND);

            // From the database, then from the cache.
            assertThat(ada.api().get(ada.path()).expect(200).text("name")).isEqualTo(Unicode.OF_EVERY_KIND);
            assertThat(ada.api().get(ada.path()).expect(200).text("name")).isEqualTo(Unicode.OF_EVERY_KIND);
        }

        @Test
        void refusesATakenEmailInWhateverCase() {
            register("Ada", email);

            JsonNode problem = post(body("Eve", email.toUpperCase(Locale.ROOT), TestUser.PASSWORD))
                    .problem(409, "email-taken");
            assertThat(problem.get("detail").asString()).doesNotContain(email);
            assertThat(problem.get("errors").toString()).isEqualTo("""
                    [{"field":"email","code":"taken","message":"is used by another account"}]""");
            assertThat(jdbc.queryForObject(
                            "select count(*) from users where lower(email) = lower(?)", Long.class, email))
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @MethodSource("dev.herald.user.account.UserApiTest#invalidRegistrations")
        void refusesAnInvalidValueAndNamesItsField(String field, @Nullable Object value, String code) {
            Map<String, @Nullable Object> body = body("Ada", email, TestUser.PASSWORD);
            body.put(field, value);

            JsonNode problem = post(body).problem(400, "validation-failed");
            assertThat(problem.get("errors").valueStream()).singleElement().satisfies(error -> {
                assertThat(error.get("field").asString()).isEqualTo(field);
                assertThat(error.get("code").asString()).isEqualTo(code);
                assertThat(error.get("message").asString()).isNotBlank();
            });
        }

        @Test
        void givesTheNumbersOfARule() {
            JsonNode problem = post(body("Ada", email, "short")).problem(400, "validation-failed");

            assertThat(problem.get("errors").toString()).isEqualTo("""
                    [{"field":"password","code":"too-short","message":"must have 8 to 128 characters",\
                    "params":{"min":8,"max":128}}]""");
        }

        @ParameterizedTest
        @ValueSource(strings = {"de", "fr-CA", "ja"})
        void answersInEnglishWhateverTheLanguageOfTheReader(String language) {
            Map<String, Object> invalid = Map.of("name", "", "posts", Collections.nCopies(11, Map.of()));

            String english = String.valueOf(
                    post(invalid).problem(400, "validation-failed").get("errors"));

            assertThat(api().with("Accept-Language", language)
                            .post("/api/users", invalid)
                            .problem(400, "validation-failed")
                            .get("errors")
                            .toString())
                    .isEqualTo(english);
        }

        @Test
        void namesEveryInvalidFieldAtOnce() {
            JsonNode problem = post("{}").problem(400, "validation-failed");

            assertThat(problem.get("errors")
                            .valueStream()
                            .map(error -> error.get("field").asString()))
                    .containsExactly("email", "name", "password");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"name\": \"Ada\"                                   | line 1",
                    "not json                                             | line 1",
                    "''                                                   | missing",
                    "[]                                                   | JSON object",
                    "\"Ada\"                                              | JSON object",
                    "null                                                 | missing",
                    "{\"name\": 17, \"email\": \"a@b.c\"}                 | 'name'",
                    "{\"name\": true, \"email\": \"a@b.c\"}               | 'name'",
                    "{\"name\": [\"Ada\"]}                                | 'name'",
                    "{\"name\": {\"first\": \"Ada\"}}                     | 'name'",
                    "{\"name\": \"Ada\", \"roles\": [\"ADMIN\"]}          | 'roles'",
                    "{\"name\": \"Ada\", \"id\": \"1\"}                   | 'id'",
                    "{\"name\": \"Ada\"} {\"name\": \"Eve\"}              | JSON object"
                })
        void refusesABodyThatIsNotTheOneExpected(String body, String reason) {
            JsonNode problem = post(body).problem(400, "malformed-request");

            assertThat(problem.get("detail").asString())
                    .contains(reason)
                    .doesNotContain("Exception", "dev.herald", "java", "jackson");
        }

        @Test
        void refusesAnotherMediaType() {
            var response = http.post()
                    .uri("/api/users")
                    .contentType(MediaType.TEXT_PLAIN)
                    .body("name=Ada")
                    .exchange()
                    .expectBody(String.class)
                    .returnResult();

            new Answer(response).problem(415, "unsupported-media-type");
        }

        @Test
        void keepsOneUserHoweverManyAskForTheAddressAtOnce() throws Exception {
            try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> statuses = clients.invokeAll(Collections.nCopies(
                        8, () -> post(body("Ada", email, TestUser.PASSWORD)).status()));

                assertThat(statuses.stream().map(Future::resultNow))
                        .containsOnly(201, 409)
                        .containsOnlyOnce(201);
            }
        }
    }

    @Nested
    class RegisteringWithPosts {

        @Test
        void answersWithThePostsUnderTheirFinalIds() {
            Map<String, @Nullable Object> body = body("Ada", email, TestUser.PASSWORD);
            body.put(
                    "posts",
                    List.of(
                            Map.of("title", "Draft", "content", "…"),
                            Map.of("title", "Out", "content", "😀\u0001", "published", true)));

            JsonNode user = post(body).expect(201).json();

            JsonNode draft = user.get("posts").get(0);
            JsonNode out = user.get("posts").get(1);
            assertThat(UUID.fromString(draft.get("id").asString()).version()).isEqualTo(7);
            assertThat(draft.get("published").asBoolean()).isFalse();
            assertThat(draft.has("publishedAt")).isFalse();
            assertThat(out.get("title").asString()).isEqualTo("Out");
            assertThat(out.get("content").asString()).isEqualTo("😀\u0001");
            assertThat(out.get("publishedAt")).isEqualTo(user.get("createdAt"));
            assertThat(out.get("author").get("id")).isEqualTo(user.get("id"));
            assertThat(out.get("author").get("name").asString()).isEqualTo("Ada");
        }

        @ParameterizedTest
        @MethodSource("dev.herald.user.account.UserApiTest#invalidPosts")
        void refusesAnInvalidPostAndNamesItsField(List<Object> posts, String field) {
            Map<String, @Nullable Object> body = body("Ada", email, TestUser.PASSWORD);
            body.put("posts", posts);

            JsonNode problem = post(body).problem(400, "validation-failed");

            assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[{\"title\": \"a\", \"content\": \"b\", \"published\": \"true\"}]",
                    "[{\"title\": \"a\", \"content\": \"b\", \"published\": null}]",
                    "null"
                })
        void refusesAnOptionalFieldOfAnotherType(String posts) {
            String body = "{\"name\": \"Ada\", \"email\": \"%s\", \"password\": \"%s\", \"posts\": %s}"
                    .formatted(email, TestUser.PASSWORD, posts);

            post(body).problem(400, "malformed-request");
        }
    }

    static Object[][] invalidPosts() {
        Map<String, Object> post = Map.of("title", "a", "content", "b");
        return new Object[][] {
            {Collections.nCopies(11, post), "posts"},
            {List.of(post, Map.of("title", "a")), "posts[1].content"},
            {List.of(Map.of("title", "a".repeat(201), "content", "b")), "posts[0].title"},
            {List.of(Map.of("title", "a", "content", "b".repeat(20_001))), "posts[0].content"},
            {List.of(Map.of("title", "a", "content", "b\u0000")), "posts[0].content"},
            {Collections.singletonList(null), "posts[0]"}
        };
    }

    static Object[][] invalidRegistrations() {
        return new Object[][] {
            {"name", null, "required"},
            {"name", "", "blank"},
            {"name", " \t", "blank"},
            {"name", "\u200b\u3164", "blank"},
            {"name", "a".repeat(101), "too-long"},
            {"name", "a\u0000b", "invalid-text"},
            {"name", "a\uD800b", "invalid-text"},
            {"email", null, "required"},
            {"email", "ada", "not-an-email"},
            {"email", "ada@", "not-an-email"},
            {"email", "ada@example.com\r\nBcc: eve@example.com", "not-an-email"},
            {"email", "a".repeat(250) + "@b.example", "too-long"},
            {"email", "a\u0000@b.example", "invalid-text"},
            {"email", " ", "blank"},
            {"email", "ada＠example.com", "not-an-email"},
            {"email", "d\u00f6rte@example.com", "not-deliverable"},
            {"email", "\"a b\"@example.com", "not-deliverable"},
            {"email", "ada@[127.0.0.1]", "not-deliverable"},
            {"email", "ada@localhost", "not-deliverable"},
            {"email", "x@a_b.example", "not-deliverable"},
            {"email", "a\u200bda@example.com", "not-deliverable"},
            {"password", null, "required"},
            {"password", "short 7", "too-short"},
            {"password", "x".repeat(129), "too-long"},
            {"password", "a\u0308o\u0308u\u0308a\u0308o\u0308u\u0308a\u0308", "too-short"},
            {"password", "\ufdfa".repeat(128), "too-long"},
            {"password", "password1", "common-password"},
            {"password", "ｐａｓｓｗｏｒｄ", "common-password"},
            {"password", "QWERTYUIOP", "common-password"}
        };
    }

    @Nested
    class Elsewhere {

        @Test
        void knowsNoOtherPath() {
            api().get("/api/nothing").problem(404, "not-found");
            api().as("Bearer nonsense").get("/api/nothing").problem(404, "not-found");
            TestUser.register(api()).api().get("/api/nothing").problem(404, "not-found");
        }

        @Test
        void refusesAMethodThatThePathDoesNotHave() {
            Answer answer = TestUser.register(api()).api().send(HttpMethod.PATCH, "/api/users", null);

            answer.problem(405, "method-not-allowed");
            assertThat(String.valueOf(answer.header("Allow")).split(", ?", -1))
                    .containsExactlyInAnyOrder("GET", "POST");
        }

        @Test
        void cannotAnswerInXml() {
            TestUser ada = TestUser.register(api());

            ada.api().with("Accept", "application/xml").get(ada.path()).problem(406, "not-acceptable");
        }

        @ParameterizedTest
        @ValueSource(strings = {"2", "1.1", "v1", "latest", "-1"})
        void servesNoOtherVersion(String version) {
            TestUser ada = TestUser.register(api());

            ada.api().with("API-Version", version).get(ada.path()).problem(400, "unsupported-api-version");
        }

        @Test
        void servesTheCurrentVersionByItsNumber() {
            TestUser ada = TestUser.register(api());

            ada.api().with("API-Version", "1").get(ada.path()).expect(200);
        }
    }

    private JsonNode register(String name, String address) {
        return post(body(name, address, TestUser.PASSWORD)).expect(201).json();
    }

    private static Map<String, @Nullable Object> body(String name, String address, String password) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("name", name);
        body.put("email", address);
        body.put("password", password);
        return body;
    }

    private Answer post(Object body) {
        return api().post("/api/users", body);
    }

    private Api api() {
        return new Api(http);
    }
}
