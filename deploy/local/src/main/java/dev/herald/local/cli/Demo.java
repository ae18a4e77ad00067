package dev.herald.local.cli;

import dev.herald.local.process.Parallel;
import dev.herald.local.process.Polling;
import dev.herald.local.server.Http;
import dev.herald.local.server.Inbox;
import dev.herald.local.server.Zipkin;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Terminal;
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

    /** @throws DemoFailed with the step that failed */
    void report() throws InterruptedException {
        terminal.heading("A first user");
        try (EventConsumer events = new EventConsumer(settings.kafkaBootstrapServers(), "user-events")) {
            DemoUser telling = register(Instant.now(), events);
            // At the same time, so that each has its own time.
            Parallel.run(telling::eventIsPublished, telling::emailIsDelivered, telling::authorIsListed);
        }
    }

    private DemoUser register(Instant begin, EventConsumer events) throws InterruptedException {
        String password = UUID.randomUUID().toString();
        String email = "ada+%s@example.com".formatted(Long.toString(begin.toEpochMilli(), Character.MAX_RADIX));
        HttpResponse<String> response = Http.post(
                settings.url(Port.GATEWAY, "/api/users"),
                JsonMapper.shared()
                        .writeValueAsString(Map.of("name", "Ada Lovelace", "email", email, "password", password)));
        if (response.statusCode() != 201) {
            throw new DemoFailed(
                    "%s could not register: %d %s".formatted(email, response.statusCode(), response.body()));
        }
        String id = JsonMapper.shared().readTree(response.body()).path("id").asString();
        DemoUser telling = new DemoUser(begin, events, id, email);
        telling.report("registered", "201 %s %s".formatted(id, email));
        if (settings.isObserved()) {
            terminal.fact("its trace", "%11s%s".formatted("", Zipkin.trace(settings, response)));
        }
        telling.logIn(password);
        return telling;
    }

    private final class DemoUser {

        private final Instant begin;
        private final EventConsumer events;
        private final String id;
        private final String email;
        private String accessToken = "";

        DemoUser(Instant begin, EventConsumer events, String id, String email) {
            this.begin = begin;
            this.events = events;
            this.id = id;
            this.email = email;
        }

        void logIn(String password) throws InterruptedException {
            HttpResponse<String> response = Http.post(
                    settings.url(Port.GATEWAY, "/api/auth/login"),
                    JsonMapper.shared().writeValueAsString(Map.of("email", email, "password", password)));
            if (response.statusCode() != 200) {
                throw new DemoFailed(
                        "%s could not log in: %d %s".formatted(email, response.statusCode(), response.body()));
            }
            JsonNode tokens = JsonMapper.shared().readTree(response.body());
            accessToken = tokens.path("accessToken").asString();
            report(
                    "logged in",
                    "200 an access token for %s s"
                            .formatted(tokens.path("expiresIn").asString()));
        }

        void eventIsPublished() {
            EventConsumer.Event event = events.await(id, LIMIT)
                    .orElseThrow(() -> new DemoFailed("No event about user %s came on Kafka.".formatted(id)));
            report("event on Kafka", "%s %s".formatted(event.type(), event.id()));
        }

        void emailIsDelivered() throws InterruptedException {
            if (settings.hasExternalSmtp()) {
                terminal.fact("email", "goes to %s, which has no inbox".formatted(settings.smtp()));
                return;
            }
            Inbox inbox = new Inbox(settings);
            Inbox.Message message = Polling.forFirst(
                            () -> inbox.of(email).stream().findFirst(), LIMIT)
                    .orElseThrow(() -> new DemoFailed("No email to %s arrived.".formatted(email)));
            report("email delivered", "\"%s\" %s".formatted(message.subject(), message.messageId()));
        }

        void authorIsListed() throws InterruptedException {
            if (!Polling.until(this::isAuthor, LIMIT)) {
                throw new DemoFailed("User %s is not listed as an author.".formatted(id));
            }
            report("author listed", "GET /api/authors");
        }

        /** The filter keeps the user on the first page, however many users there are. */
        private boolean isAuthor() throws InterruptedException {
            return Http.get(settings.url(Port.GATEWAY, "/api/authors?limit=100&registeredAfter=" + begin), accessToken)
                    .body()
                    .contains(id);
        }

        void report(String event, String details) {
            Duration since = Duration.between(begin, Instant.now());
            terminal.fact(event, "%5d ms   %s".formatted(since.toMillis(), details));
        }
    }
}
