package dev.herald.local.cli;

import dev.herald.local.process.Failure;
import dev.herald.local.process.Parallel;
import dev.herald.local.process.Polling;
import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.server.Zipkin;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Terminal;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Registers a user, logs in, and follows the event, the welcome email and the list of authors. */
final class Demo {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Terminal terminal;

    Demo(Settings settings, Terminal terminal) {
        this.settings = settings;
        this.terminal = terminal;
    }

    void report() throws InterruptedException {
        terminal.heading("A first user");
        try (EventConsumer events = new EventConsumer(settings.kafkaBootstrapServers(), "user-events")) {
            Instant begin = Instant.now();
            String email = "ada+%s@example.com".formatted(Long.toString(begin.toEpochMilli(), Character.MAX_RADIX));
            String password = UUID.randomUUID().toString();
            HttpResponse<String> registration =
                    post("/api/users", Map.of("name", "Ada Lovelace", "email", email, "password", password));
            require(registration, 201, email + " could not register");
            String id = json(registration).path("id").asString();
            report(begin, "registered", "201 %s %s".formatted(id, email));
            if (settings.isObserved()) {
                terminal.fact("its trace", "%11s%s".formatted("", Zipkin.trace(settings, registration)));
            }
            HttpResponse<String> login = post("/api/auth/login", Map.of("email", email, "password", password));
            require(login, 200, email + " could not log in");
            JsonNode tokens = json(login);
            report(
                    begin,
                    "logged in",
                    "200 an access token for %s s"
                            .formatted(tokens.path("expiresIn").asString()));
            // In parallel, so that waiting for one result does not delay the printed time of another.
            Parallel.run(
                    () -> awaitEvent(begin, events, id),
                    () -> awaitEmail(begin, email),
                    () -> awaitAuthor(begin, id, tokens.path("accessToken").asString()));
        }
    }

    private HttpResponse<String> post(String path, Map<String, String> body) throws InterruptedException {
        return Http.post(settings.url(Port.GATEWAY, path), JsonMapper.shared().writeValueAsString(body));
    }

    private static void require(HttpResponse<String> response, int status, String otherwise) {
        if (response.statusCode() != status) {
            throw new Failure("%s: %d %s".formatted(otherwise, response.statusCode(), response.body()));
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private void awaitEvent(Instant begin, EventConsumer events, String id) {
        EventConsumer.Event event = events.await(id, LIMIT)
                .orElseThrow(() -> new Failure("No event of user %s arrived on Kafka.".formatted(id)));
        report(begin, "event on Kafka", "%s %s".formatted(event.type(), event.id()));
    }

    private void awaitEmail(Instant begin, String email) throws InterruptedException {
        if (settings.isExternal("smtp")) {
            terminal.fact("email", "goes to %s, which has no inbox".formatted(settings.smtp()));
            return;
        }
        Inbox inbox = new Inbox(settings);
        Inbox.Message message = Polling.forFirst(() -> inbox.of(email).stream().findFirst(), LIMIT)
                .orElseThrow(() -> new Failure("No email to %s arrived.".formatted(email)));
        report(begin, "email delivered", "\"%s\" %s".formatted(message.subject(), message.messageId()));
    }

    /** The filter {@code registeredAfter} keeps the user on the first page, even if there are many authors. */
    private void awaitAuthor(Instant begin, String id, String token) throws InterruptedException {
        URI authors = settings.url(Port.GATEWAY, "/api/authors?limit=100&registeredAfter=" + begin);
        boolean listed = Polling.until(() -> Http.get(authors, token).body().contains(id), LIMIT);
        if (!listed) {
            throw new Failure("User %s is not listed as an author.".formatted(id));
        }
        report(begin, "author listed", "GET /api/authors");
    }

    private void report(Instant begin, String event, String details) {
        Duration since = Duration.between(begin, Instant.now());
        terminal.fact(event, "%5d ms   %s".formatted(since.toMillis(), details));
    }
}
