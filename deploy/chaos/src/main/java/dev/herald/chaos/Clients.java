package dev.herald.chaos;

import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** Sends the requests of the clients, and enters the outcome of each write in the ledger. */
final class Clients {

    private static final int USERS = 8;

    private static final int TIMEOUT = 3 * USERS;

    private static final String RESIDENT = "resident@example.com";
    private static final String PASSWORD = "correct horse 42";

    private final GatewayClient gateway;
    private final Ledger ledger;
    private final BlockingDeque<LoggedInUser> users = new LinkedBlockingDeque<>();
    private final AtomicLong numbers = new AtomicLong();

    Clients(GatewayClient gateway, Ledger ledger) {
        this.gateway = gateway;
        this.ledger = ledger;
    }

    /** Registers and logs in the first users. Registers one more that is never deleted, so that its address is always taken. */
    void logInUsers() throws InterruptedException {
        register("resident", RESIDENT, Map.of());
        for (int attempt = 0; attempt < TIMEOUT && users.size() < USERS; attempt++) {
            addUser();
        }
        if (users.isEmpty()) {
            throw new IllegalStateException("No user can log in before the first fault.");
        }
    }

    void register() throws InterruptedException {
        long number = numbers.incrementAndGet();
        register("user " + number, newAddress(number), Map.of());
    }

    void registerWithPost() throws InterruptedException {
        long number = numbers.incrementAndGet();
        String title = "post " + number;
        GatewayClient.Answer answer =
                register("user " + number, newAddress(number), Map.of("posts", List.of(post(title))));
        if (answer.outcome() instanceof Outcome.Acknowledged user) {
            String id = answer.body().path("posts").path(0).path("id").asString();
            ledger.enter(Write.post(user.id(), title), new Outcome.Acknowledged(id, 0));
        }
    }

    /** Registers with a taken address, which must be refused. */
    void registerAgain() throws InterruptedException {
        register("impostor " + numbers.incrementAndGet(), RESIDENT, Map.of());
    }

    /** Adds a user and deletes the oldest, so that no user's access token expires. */
    void replaceUser() throws InterruptedException {
        addUser();
        if (users.size() > USERS) {
            LoggedInUser leaving = users.take();
            submit(Write.leave(leaving.id()), leaving.token(), "DELETE", "/api/users/" + leaving.id(), Map.of());
        }
    }

    void post() throws InterruptedException {
        LoggedInUser author = nextUser();
        String title = "post " + numbers.incrementAndGet();
        GatewayClient.Answer answer =
                submit(Write.post(author.id(), title), author.token(), "POST", "/api/posts", post(title));
        if (answer.outcome() instanceof Outcome.Acknowledged post) {
            author.posts().add(post.id());
        }
    }

    void rename() throws InterruptedException {
        LoggedInUser user = nextUser();
        String name = "user " + numbers.incrementAndGet();
        submit(
                Write.rename(user.id(), Write.markOfUser(name, user.email())),
                user.token(),
                "PUT",
                "/api/users/" + user.id(),
                Map.of("name", name, "email", user.email()));
    }

    void replacePost() throws InterruptedException {
        LoggedInUser author = nextUser();
        Optional<String> post = author.nextPost();
        if (post.isPresent()) {
            String title = "post " + numbers.incrementAndGet();
            Write write = Write.replace(post.get(), author.id(), title);
            submit(write, author.token(), "PUT", "/api/posts/" + post.get(), post(title));
        }
    }

    void deletePost() throws InterruptedException {
        LoggedInUser author = nextUser();
        Optional<String> post = author.takePost();
        if (post.isPresent()) {
            Write write = Write.remove(post.get(), author.id());
            submit(write, author.token(), "DELETE", "/api/posts/" + post.get(), Map.of());
        }
    }

    private void addUser() throws InterruptedException {
        long number = numbers.incrementAndGet();
        String email = newAddress(number);
        if (register("user " + number, email, Map.of()).outcome() instanceof Outcome.Acknowledged user) {
            Map<String, String> credentials = Map.of("email", email, "password", PASSWORD);
            JsonNode tokens = gateway.sendWithRetries(gateway.request("POST", "/api/auth/login", credentials)
                            .build())
                    .body();
            if (tokens.has("accessToken")) {
                users.add(new LoggedInUser(
                        user.id(), email, tokens.path("accessToken").asString()));
            }
        }
    }

    private GatewayClient.Answer register(String name, String email, Map<String, ?> more) throws InterruptedException {
        Map<String, Object> user = new HashMap<>(Map.of("name", name, "email", email, "password", PASSWORD));
        user.putAll(more);
        return submit(Write.register(Write.markOfUser(name, email)), "", "POST", "/api/users", user);
    }

    private GatewayClient.Answer submit(Write write, String token, String method, String path, Map<String, ?> body)
            throws InterruptedException {
        HttpRequest.Builder request = gateway.request(method, path, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        GatewayClient.Answer answer = gateway.sendWithRetries(request.build());
        Outcome outcome = answer.outcome() instanceof Outcome.Acknowledged && write.action() == Write.Action.DELETE
                ? new Outcome.Acknowledged(write.id(), Outcome.NO_VERSION)
                : answer.outcome();
        ledger.enter(write, outcome);
        return answer;
    }

    private LoggedInUser nextUser() throws InterruptedException {
        LoggedInUser next = users.take();
        users.add(next);
        return next;
    }

    private static Map<String, ?> post(String title) {
        return Map.of("title", title, "content", title, "published", true);
    }

    private static String newAddress(long number) {
        return "user-%d@example.com".formatted(number);
    }
}
