package dev.herald.user;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.RawHttp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * Logs contain business facts by their ids, and never a password, token or address, also if a request with one fails.
 */
@UserServiceTest
@ExtendWith(OutputCaptureExtension.class)
class LogTest {

    private static final String JSON = "Content-Type: application/json";

    private static final Logger OWN_CODE = (Logger) LoggerFactory.getLogger("dev.herald");

    private final String password = "S3cret-" + UUID.randomUUID();
    private final String email = "Ada." + UUID.randomUUID() + "@example.com";

    @Autowired
    private RestTestClient http;

    @Value("${local.server.port}")
    private int port;

    private @Nullable Level level;

    @BeforeEach
    void logEverything() {
        level = OWN_CODE.getLevel();
        OWN_CODE.setLevel(Level.TRACE);
    }

    @AfterEach
    void logAsBefore() {
        OWN_CODE.setLevel(level);
    }

    @Test
    void holdsWhenARequestCannotBeRead(CapturedOutput log) {
        RawHttp raw = new RawHttp(port);
        String credentials = "{\"email\": \"%s\", \"password\": \"%s\"".formatted(email, password);
        List<RawHttp.Answer> answers = List.of(
                raw.send(
                        "POST",
                        "/api/auth/login",
                        List.of("Content-Type: application/x-www-form-urlencoded"),
                        "email=" + email + "&password=" + password + "%F6%DFe"),
                raw.send("POST", "/api/auth/login", List.of("Content-Type: multipart/form-data"), credentials),
                raw.send("POST", "/api/auth/login", List.of(JSON), credentials),
                raw.send("POST", "/api/auth/login", List.of(JSON), credentials + ", \"x\": \u00e4}"),
                raw.send("POST", "/api/auth/login", List.of(JSON), credentials + ", \"" + password + "\": 1}"),
                raw.send("POST", "/api/users", List.of(JSON), credentials + ", \"name\": [\"" + password + "\"]}"),
                raw.send("POST", "/api/users", List.of(JSON), credentials + ", \"name\": \"\\u0000\"}"),
                raw.send("POST", "/api/auth/login?password=" + password + "%E4", List.of(JSON), credentials + "}"),
                raw.send("POST", "/api/auth/" + password + "%E4", List.of(JSON), credentials + "}"),
                raw.send("GET", "/api/users/" + email, List.of("Authorization: Bearer " + password), ""),
                raw.send("GET", "/api/users/" + email, List.of("Authorization: Bearer " + password + "\u0085"), ""),
                raw.send("GET", "/api/users/me", List.of("Authorization " + password), ""));

        assertThat(log.getAll()).doesNotContainIgnoringCase(email).doesNotContain(password);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isBetween(400, 499));
    }

    @Test
    void holdsWhenARequestIsReadAndRefused(CapturedOutput log) {
        Api api = new Api(http);
        Map<String, String> account = Map.of("name", "Ada", "email", email, "password", password);
        Map<String, String> credentials = Map.of("email", email, "password", password);
        String other = "Other-" + password;
        String id = api.post("/api/users", account).expect(201).text("id");
        api.post("/api/users", account).problem(409, "email-taken");
        Api.Answer tokens = api.post("/api/auth/login", credentials).expect(200);
        Api ada = api.as("Bearer " + tokens.text("accessToken"));
        api.post("/api/auth/login", Map.of("email", email, "password", other)).problem(401, "invalid-credentials");
        api.with("X-Herald-Token-Transport", "cookie")
                .with("Origin", "http://localhost:3000")
                .with("Cookie", "herald-refresh=" + password)
                .post("/api/auth/refresh", "")
                .problem(401, "refresh-token-invalid");
        api.post("/api/auth/refresh", Map.of("refreshToken", password)).problem(401, "refresh-token-invalid");
        api.as("Bearer " + password).get("/api/users/me").problem(401, "invalid-token");
        ada.get("/api/users/" + email).problem(400, "malformed-request");
        ada.put("/api/users/me/password", Map.of("currentPassword", other, "newPassword", password))
                .problem(403, "wrong-password");
        ada.post("/api/auth/logout", "").expect(204);

        assertThat(log.getAll())
                .contains("user.created " + id)
                .containsPattern("session.started \\S+ of user " + id)
                .contains("session.ended ")
                .doesNotContainIgnoringCase(email)
                .doesNotContain(password)
                .doesNotContain(tokens.text("accessToken"))
                .doesNotContain(tokens.text("refreshToken"));
    }
}
