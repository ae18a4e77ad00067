package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Secrets;
import dev.herald.local.settings.Settings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls Herald as a frontend does: through the gateway, unless a test names another address. */
public record Client(Settings settings) {

    static final String PASSWORD = "correct horse 42";
    static final String NEW_PASSWORD = "wrong zebra 43";

    /** A registered user with the password {@link #PASSWORD}. */
    record Member(String id, String email) {}

    /** The content of a new post. */
    record NewPost(String title, String content, boolean published) {

        static NewPost published(String title) {
            return new NewPost(title, "It might act upon other things besides number.", true);
        }

        static NewPost draft(String title) {
            return new NewPost(title, "Not for others yet.", false);
        }
    }

    /** The tokens of a login or a refresh. */
    public record Tokens(String access, String refresh) {

        static Tokens of(HttpResponse<String> response) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return new Tokens(
                    json(response).get("accessToken").asString(),
                    json(response).get("refreshToken").asString());
        }

        /** The key that signed the access token. */
        String kid() {
            String header = access.substring(0, access.indexOf('.'));
            return JsonMapper.shared()
                    .readTree(Base64.getUrlDecoder().decode(header))
                    .get("kid")
                    .asString();
        }
    }

    static String newAddress() {
        return UUID.randomUUID() + "@example.com";
    }

    public Member register() throws InterruptedException {
        String email = newAddress();
        return member(register("Ada Lovelace", email), email);
    }

    /** Registers a user with posts. */
    public Member register(List<NewPost> posts) throws InterruptedException {
        String email = newAddress();
        return member(
                post(
                        "/api/users",
                        Map.of("name", "Ada Lovelace", "email", email, "password", PASSWORD, "posts", posts)),
                email);
    }

    private static Member member(HttpResponse<String> registration, String email) {
        assertThat(registration.statusCode()).as(registration.body()).isEqualTo(201);
        return new Member(json(registration).get("id").asString(), email);
    }

    public HttpResponse<String> register(String name, String email) throws InterruptedException {
        return post("/api/users", Map.of("name", name, "email", email, "password", PASSWORD));
    }

    public Tokens logIn(Member member) throws InterruptedException {
        return Tokens.of(logIn(member.email(), PASSWORD));
    }

    Tokens logInAsAdmin() throws InterruptedException {
        Map<String, String> secrets = settings.secrets();
        return Tokens.of(
                logIn(secrets.getOrDefault(Secrets.ADMIN_EMAIL, ""), secrets.getOrDefault(Secrets.ADMIN_PASSWORD, "")));
    }

    public HttpResponse<String> logIn(String email, String password) throws InterruptedException {
        return post("/api/auth/login", Map.of("email", email, "password", password));
    }

    HttpResponse<String> refresh(Tokens tokens) throws InterruptedException {
        return post("/api/auth/refresh", Map.of("refreshToken", tokens.refresh()));
    }

    HttpResponse<String> logOut(Tokens tokens) throws InterruptedException {
        return Http.send(request("/api/auth/logout", tokens).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Without a token. */
    HttpResponse<String> post(String path, Object body) throws InterruptedException {
        return Http.post(settings.url(Port.GATEWAY, path), JsonMapper.shared().writeValueAsString(body));
    }

    HttpResponse<String> post(String path, Tokens tokens, Object body) throws InterruptedException {
        return Http.send(withBody(request(path, tokens), "POST", body));
    }

    /** Creates a post, and returns the answer. */
    JsonNode write(NewPost post, Tokens author) throws InterruptedException {
        HttpResponse<String> response = post("/api/posts", author, post);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return json(response);
    }

    public HttpResponse<String> get(String path, Tokens tokens) throws InterruptedException {
        return get(Port.GATEWAY, path, tokens);
    }

    public HttpResponse<String> get(Port door, String path, Tokens tokens) throws InterruptedException {
        return Http.get(settings.url(door, path), tokens.access());
    }

    /** Reads a resource that exists. */
    public JsonNode json(String path, Tokens tokens) throws InterruptedException {
        HttpResponse<String> response = get(path, tokens);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    HttpResponse<String> put(String path, Tokens tokens, Object body) throws InterruptedException {
        return Http.send(withBody(request(path, tokens), "PUT", body));
    }

    HttpResponse<String> putIfMatch(String path, Tokens tokens, String etag, Object body) throws InterruptedException {
        return Http.send(withBody(request(path, tokens).header("If-Match", etag), "PUT", body));
    }

    HttpResponse<String> delete(String path, Tokens tokens) throws InterruptedException {
        return Http.send(request(path, tokens).DELETE());
    }

    /** Reads an author as another user. */
    Optional<JsonNode> author(String id, Tokens tokens) throws InterruptedException {
        return items("/api/authors", tokens).stream()
                .filter(author -> author.get("id").asString().equals(id))
                .findAny();
    }

    /** Reads a whole list, page by page. */
    List<JsonNode> items(String path, Tokens tokens) throws InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String first = path + (path.contains("?") ? "&" : "?") + "limit=100";
        String next = first;
        do {
            JsonNode page = json(next, tokens);
            StreamSupport.stream(page.get("items").spliterator(), false).forEach(items::add);
            next = page.has("nextCursor")
                    ? first + "&cursor=" + page.get("nextCursor").asString()
                    : "";
        } while (!next.isEmpty());
        return items;
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(response).get("code").asString()).isEqualTo(code);
        assertThat(json(response).get("type").asString()).isEqualTo("/problems/" + code);
    }

    HttpRequest.Builder request(String path, Tokens tokens) {
        return HttpRequest.newBuilder(settings.url(Port.GATEWAY, path))
                .header("Authorization", "Bearer " + tokens.access());
    }

    private static HttpRequest.Builder withBody(HttpRequest.Builder request, String method, Object body) {
        return request.header("Content-Type", "application/json")
                .method(
                        method,
                        HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
    }
}
