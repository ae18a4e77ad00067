package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls Herald through the pod of a gateway. */
final class Client {

    static final String PASSWORD = "correct horse 42";

    /** Much longer than the gateway's timeout, so that the gateway answers if a service is too slow. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private volatile URI gateway;

    record Member(String id, String email, String token) {}

    Client(Pod gateway) {
        this.gateway = address(gateway);
    }

    /** Sends the next requests to another pod, as a Service does when that pod is ready. */
    void use(Pod another) {
        gateway = address(another);
    }

    private static URI address(Pod gateway) {
        return URI.create("http://%s:8080".formatted(gateway.address()));
    }

    Member member() throws IOException, InterruptedException {
        String email = newAddress();
        String id = json(register(email), 201).path("id").asString();
        return new Member(id, email, logIn(email, PASSWORD));
    }

    /** Returns the access token. */
    String logIn(String email, String password) throws IOException, InterruptedException {
        return json(send("POST", "/api/auth/login", Map.of("email", email, "password", password), ""), 200)
                .path("accessToken")
                .asString();
    }

    static String newAddress() {
        return UUID.randomUUID() + "@example.com";
    }

    HttpResponse<String> register(String email) throws IOException, InterruptedException {
        return send("POST", "/api/users", Map.of("name", "Ada Lovelace", "email", email, "password", PASSWORD), "");
    }

    HttpResponse<String> post(Member author) throws IOException, InterruptedException {
        return send(
                "POST",
                "/api/posts",
                Map.of("title", "While pods come and go", "content", "Nothing is noticed.", "published", true),
                author.token());
    }

    HttpResponse<String> rename(Member member, String name) throws IOException, InterruptedException {
        return send("PUT", "/api/users/" + member.id(), Map.of("name", name, "email", member.email()), member.token());
    }

    HttpResponse<String> get(String path, Member reader) throws IOException, InterruptedException {
        return http.send(request(path, reader.token()).build(), BodyHandlers.ofString());
    }

    /** @param headers names and values in turn */
    HttpResponse<String> get(String path, String token, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, token);
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path, String token) throws IOException, InterruptedException {
        return http.send(request(path, token).DELETE().build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, Map<String, ?> body, String token)
            throws IOException, InterruptedException {
        return http.send(
                request(path, token)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).timeout(TIMEOUT);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JsonMapper.shared().readTree(response.body());
    }
}
