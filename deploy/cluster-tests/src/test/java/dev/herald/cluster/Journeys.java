package dev.herald.cluster;

import static dev.herald.cluster.Client.json;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.cluster.Client.Member;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a frontend does with accounts, posts and the gateway, on the pods of a cluster. */
final class Journeys {

    private static final String NEW_PASSWORD = "correct horse 43";

    private final Cluster cluster;
    private final Client client;

    Journeys(Cluster cluster, Client client) {
        this.cluster = cluster;
        this.client = client;
    }

    /** An address is verified and a password is forgotten by mail; then no pod accepts the account's earlier token. */
    void anAccountByMail() throws IOException, InterruptedException {
        Member ada = client.member();
        String verification = link(ada, "Welcome to Herald");
        assertThat(post("/api/auth/verify-email", Map.of("token", verification)))
                .isEqualTo(204);
        assertThat(post("/api/auth/verify-email", Map.of("token", verification)))
                .isEqualTo(410);
        assertThat(json(client.get("/api/users/me", ada), 200)
                        .path("emailVerified")
                        .asBoolean())
                .isTrue();

        assertThat(post("/api/auth/forgot-password", Map.of("email", ada.email())))
                .isEqualTo(202);
        String reset = link(ada, "Set a new Herald password");
        for (URI pod : podsBehindTheGateway()) {
            assertThat(statusAt(pod, ada.token())).as("%s before", pod).isEqualTo(200);
        }
        assertThat(post("/api/auth/reset-password", Map.of("token", reset, "newPassword", NEW_PASSWORD)))
                .isEqualTo(204);
        for (URI pod : podsBehindTheGateway()) {
            await(pod.toString()).atMost(ofSeconds(5)).until(() -> statusAt(pod, ada.token()) == 401);
        }
        String token = client.logIn(ada.email(), NEW_PASSWORD);
        assertThat(json(client.get("/api/users/me/sessions", token), 200).path("items"))
                .hasSize(1);
    }

    /** A post is written, read by its tag and counted, and goes with its author. */
    void aPostAndItsAuthor() throws IOException, InterruptedException {
        Member ada = client.member();
        Member reader = client.member();
        HttpResponse<String> created = client.post(ada);
        String path = "/api/posts/" + json(created, 201).path("id").asString();
        HttpResponse<String> read = client.get(path, reader);
        assertThat(read.statusCode()).isEqualTo(200);
        String tag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(client.get(path, reader.token(), "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        assertThat(client.delete(path, reader.token()).statusCode()).isEqualTo(403);
        await().atMost(ofSeconds(30)).until(() -> postCount(ada) == 1);

        assertThat(client.delete("/api/users/" + ada.id(), ada.token()).statusCode())
                .isEqualTo(204);
        await().atMost(ofSeconds(30)).until(() -> client.get(path, reader).statusCode() == 404);
    }

    /** The gateway refuses, limits and describes as it does outside a cluster. */
    void theGateway() throws IOException, InterruptedException {
        HttpResponse<String> anonymous = client.get("/api/users", "");
        assertThat(json(anonymous, 401).path("code").asString()).isEqualTo("authentication-required");
        assertThat(anonymous.headers().map()).containsKeys("RateLimit", "X-Request-Id", "X-Content-Type-Options");
        for (String path : List.of("/actuator/health", "/internal/users", "/eureka/apps", "/console")) {
            assertThat(client.get(path, "").statusCode()).as(path).isEqualTo(404);
        }
        Member ada = client.member();
        Map<String, String> tooLarge = Map.of("title", "Large", "content", "x".repeat(1_100_000));
        assertThat(json(client.send("POST", "/api/posts", tooLarge, ada.token()), 413)
                        .path("code")
                        .asString())
                .isEqualTo("content-too-large");
        assertThat(client.get("/api/v2/users/me", ada).statusCode()).isEqualTo(400);
        assertThat(json(client.get("/openapi.json", ""), 200).path("openapi").asString())
                .startsWith("3.1");
    }

    private int postCount(Member author) throws IOException, InterruptedException {
        JsonNode authors = json(client.get("/api/authors?sort=-postCount&limit=100", author), 200);
        return authors.path("items")
                .valueStream()
                .filter(candidate -> candidate.path("id").asString().equals(author.id()))
                .mapToInt(candidate -> candidate.path("postCount").asInt())
                .findFirst()
                .orElse(0);
    }

    private int post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return client.send("POST", path, body, "").statusCode();
    }

    private String link(Member member, String subject) throws IOException, InterruptedException {
        await().atMost(ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(cluster.servers().emails(member.email())).contains(subject));
        return cluster.servers().linkToken(member.email(), subject);
    }

    /** A path in each pod that verifies tokens itself. */
    private List<URI> podsBehindTheGateway() {
        List<URI> paths = new ArrayList<>();
        cluster.pods("user-service")
                .forEach(pod -> paths.add(URI.create("http://%s:8081/api/users/me".formatted(pod.address()))));
        cluster.pods("post-service")
                .forEach(pod -> paths.add(URI.create("http://%s:8082/api/posts".formatted(pod.address()))));
        assertThat(paths).hasSize(4);
        return paths;
    }

    private static int statusAt(URI path, String token) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(path)
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
