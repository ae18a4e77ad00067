package dev.herald.user;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.Api.Answer;
import java.util.Map;
import java.util.UUID;

/** A user who has registered and logged in over HTTP. */
public record TestUser(Api anonymous, UUID id, String email, String password, String accessToken, String refreshToken) {

    public static final String PASSWORD = "correct horse 42";

    public static TestUser register(Api anonymous) {
        return register(anonymous, "Ada");
    }

    public static TestUser register(Api anonymous, String name) {
        String email = newEmail();
        UUID id = UUID.fromString(anonymous
                .post("/api/users", Map.of("name", name, "email", email, "password", PASSWORD))
                .expect(201)
                .text("id"));
        return logIn(anonymous, id, email, PASSWORD);
    }

    /** The administrator of the tests' environment. */
    public static TestUser admin(Api anonymous) {
        return logIn(anonymous, UUID.randomUUID(), "admin@example.com", "an admin's password");
    }

    public static String newEmail() {
        return "ada+" + UUID.randomUUID() + "@example.com";
    }

    private static TestUser logIn(Api anonymous, UUID id, String email, String password) {
        Answer tokens = anonymous
                .post("/api/auth/login", Map.of("email", email, "password", password))
                .expect(200);
        return new TestUser(anonymous, id, email, password, tokens.text("accessToken"), tokens.text("refreshToken"));
    }

    /** The same user in another session. */
    public TestUser logInAgain() {
        return logIn(anonymous, id, email, password);
    }

    public Api api() {
        return anonymous.as("Bearer " + accessToken);
    }

    public Answer refresh() {
        return anonymous.post("/api/auth/refresh", Map.of("refreshToken", refreshToken));
    }

    public String path() {
        return "/api/users/" + id;
    }
}
