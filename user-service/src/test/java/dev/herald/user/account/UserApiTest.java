package dev.herald.user.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.ServiceTest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
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
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class UserApiTest {

    /** Escapes what UTF-8 cannot carry, so that it reaches the service. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

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
                    .containsExactlyInAnyOrder("id", "name", "email", "roles", "createdAt", "updatedAt");
        }

        @Test
        void pointsToTheNewUser() {
            String location = String.valueOf(post(body("Ada", email, "correct horse 42"))
                    .expectStatus()
                    .isCreated()
                    .expectBody()
                    .returnResult()
                    .getResponseHeaders()
                    .getFirst("Location"));

            assertThat(location).startsWith("/api/users/");
            http.get().uri(location).exchange().expectStatus().isOk();
        }

        @Test
        void keepsNothingOfThePasswordButItsArgon2idHash() {
            register("Ada", email);

            assertThat(jdbc.queryForObject("select password_hash from users where email = ?", String.class, email))
                    .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Žofie", "李小龍", "عائشة", "O'Brien; drop table users", "😀", "tab\there", "\u0001"})
        void keepsEveryNameAsItIs(String name) {
            assertThat(register(name, email).get("name").asString()).isEqualTo(name);
        }

        @Test
        void refusesATakenEmailInWhateverCase() {
            register("Ada", email);

            JsonNode problem =
                    problem(post(body("Eve", email.toUpperCase(Locale.ROOT), "correct horse 42")), 409, "email-taken");
            assertThat(problem.get("detail").asString()).doesNotContain(email);
            assertThat(jdbc.queryForObject(
                            "select count(*) from users where lower(email) = lower(?)", Long.class, email))
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @MethodSource("dev.herald.user.account.UserApiTest#invalidRegistrations")
        void refusesAnInvalidValueAndNamesItsField(String field, @Nullable Object value, String code) {
            Map<String, @Nullable Object> body = body("Ada", email, "correct horse 42");
            body.put(field, value);

            JsonNode problem = problem(post(body), 400, "validation-failed");
            assertThat(problem.get("errors").valueStream()).anySatisfy(error -> {
                assertThat(error.get("field").asString()).isEqualTo(field);
                assertThat(error.get("code").asString()).isEqualTo(code);
                assertThat(error.get("message").asString()).isNotBlank();
            });
        }

        @Test
        void namesEveryInvalidFieldAtOnce() {
            JsonNode problem = problem(post("{}"), 400, "validation-failed");

            assertThat(problem.get("errors")
                            .valueStream()
                            .map(error -> error.get("field").asString()))
                    .containsExactlyInAnyOrder("name", "email", "password");
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
            JsonNode problem = problem(post(body), 400, "malformed-request");

            assertThat(problem.get("detail").asString())
                    .contains(reason)
                    .doesNotContain("Exception", "dev.herald", "java", "jackson");
        }

        @Test
        void refusesAnotherMediaType() {
            problem(
                    http.post()
                            .uri("/api/users")
                            .contentType(MediaType.TEXT_PLAIN)
                            .body("name=Ada")
                            .exchange(),
                    415,
                    "unsupported-media-type");
        }
    }

    static Object[][] invalidRegistrations() {
        return new Object[][] {
            {"name", null, "not-null"},
            {"name", "", "text"},
            {"name", " \t", "text"},
            {"name", "a".repeat(101), "text"},
            {"name", "a\u0000b", "text"},
            {"name", "a\uD800b", "text"},
            {"email", null, "not-null"},
            {"email", "ada", "email"},
            {"email", "ada@", "email"},
            {"email", "ada@example.com\r\nBcc: eve@example.com", "email"},
            {"email", "a".repeat(250) + "@b.example", "text"},
            {"password", null, "not-null"},
            {"password", "short 7", "text"},
            {"password", "x".repeat(129), "text"}
        };
    }

    @Nested
    class Reading {

        @Test
        void showsAnotherUserWithoutAddressAndRoles() {
            UUID id = UUID.fromString(register("Ada", email).get("id").asString());

            JsonNode user = json(http.get()
                    .uri("/api/users/{id}", id)
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody());
            assertThat(user.propertyNames()).containsExactlyInAnyOrder("id", "name", "createdAt", "updatedAt");
        }

        @Test
        void knowsNoUserWithAnotherId() {
            JsonNode problem =
                    problem(http.get().uri("/api/users/{id}", UUID.randomUUID()).exchange(), 404, "user-not-found");

            assertThat(problem.get("instance").asString()).startsWith("/api/users/");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"1", "me-too", "1-1-1-1-1", "0199e0a5-7c1e-7a3b-9d52", "0199e0a57c1e7a3b9d526f0f3a1b2c4d"})
        void refusesAnIdThatIsNoUuid(String id) {
            problem(http.get().uri("/api/users/{id}", id).exchange(), 400, "malformed-request");
        }
    }

    @Nested
    class Elsewhere {

        @Test
        void knowsNoOtherPath() {
            problem(http.get().uri("/api/nothing").exchange(), 404, "not-found");
        }

        @Test
        void refusesAMethodThatThePathDoesNotHave() {
            var response = http.method(HttpMethod.PATCH).uri("/api/users").exchange();

            response.expectHeader().valueEquals("Allow", "POST");
            problem(response, 405, "method-not-allowed");
        }

        @Test
        void cannotAnswerInXml() {
            UUID id = UUID.fromString(register("Ada", email).get("id").asString());

            problem(
                    http.get()
                            .uri("/api/users/{id}", id)
                            .accept(MediaType.APPLICATION_XML)
                            .exchange(),
                    406,
                    "not-acceptable");
        }
    }

    private JsonNode register(String name, String address) {
        return json(post(body(name, address, "correct horse 42"))
                .expectStatus()
                .isCreated()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private static Map<String, @Nullable Object> body(String name, String address, String password) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("name", name);
        body.put("email", address);
        body.put("password", password);
        return body;
    }

    private RestTestClient.ResponseSpec post(Map<String, @Nullable Object> body) {
        return post(ASCII.writeValueAsString(body));
    }

    private RestTestClient.ResponseSpec post(String body) {
        return http.post()
                .uri("/api/users")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    private static JsonNode problem(RestTestClient.ResponseSpec response, int status, String code) {
        JsonNode problem = json(response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("type").asString()).isEqualTo("/problems/" + code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("traceId").asString()).matches("[0-9a-f]{32}");
        return problem;
    }

    private static JsonNode json(@Nullable String body) {
        return JsonMapper.shared().readTree(String.valueOf(body));
    }
}
