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

/** Everything that clients do; what becomes of it is entered in the ledger. */
final class Clients {

    /** So many are logged in at a time. */
    private static final int MEMBERS = 8;

    /** So often somebody tries to join at first. */
    private static final int PATIENCE = 3 * MEMBERS;

    private static final String RESIDENT = "resident@example.com";
    private static final String PASSWORD = "correct horse 42";

    private final Gateway gateway;
    private final Ledger ledger;
    private final BlockingDeque<Member> members = new LinkedBlockingDeque<>();
    private final AtomicLong numbers = new AtomicLong();

    Clients(Gateway gateway, Ledger ledger) {
        this.gateway = gateway;
        this.ledger = ledger;
    }

    /** Brings the first members in, and somebody who stays, so that there is an address which is always taken. */
    void arrive() throws InterruptedException {
        register("resident", RESIDENT, Map.of());
        for (int attempt = 0; attempt < PATIENCE && members.size() < MEMBERS; attempt++) {
            join();
        }
        if (members.isEmpty()) {
            throw new IllegalStateException("Nobody can log in, although nothing has been struck yet.");
        }
    }

    void register() throws InterruptedException {
        long number = numbers.incrementAndGet();
        register("user " + number, newAddress(number), Map.of());
    }

    /** A registration that brings a first post along. */
    void registerWithPost() throws InterruptedException {
        long number = numbers.incrementAndGet();
        String title = "post " + number;
        Gateway.Answer answer = register("user " + number, newAddress(number), Map.of("posts", List.of(post(title))));
        if (answer.outcome() instanceof Outcome.Acknowledged user) {
            String id = answer.body().path("posts").path(0).path("id").asString();
            ledger.enter(Write.post(user.id(), title), new Outcome.Acknowledged(id, 0));
        }
    }

    /** A registration that is to be refused. */
    void registerAgain() throws InterruptedException {
        register("impostor " + numbers.incrementAndGet(), RESIDENT, Map.of());
    }

    /** Somebody new joins, and somebody else leaves for good: who stays for long would have to log in again. */
    void changeGuard() throws InterruptedException {
        join();
        if (members.size() > MEMBERS) {
            Member leaving = members.take();
            submit(Write.leave(leaving.id()), as(leaving, gateway.request("DELETE", "/api/users/" + leaving.id())));
        }
    }

    void post() throws InterruptedException {
        Member author = nextMember();
        String title = "post " + numbers.incrementAndGet();
        Gateway.Answer answer = submit(
                Write.post(author.id(), title), as(author, once(gateway.request("POST", "/api/posts", post(title)))));
        if (answer.outcome() instanceof Outcome.Acknowledged post) {
            author.posts().add(post.id());
        }
    }

    void rename() throws InterruptedException {
        Member member = nextMember();
        String name = "user " + numbers.incrementAndGet();
        submit(
                Write.rename(member.id(), Write.markOfUser(name, member.email())),
                as(
                        member,
                        gateway.request(
                                "PUT", "/api/users/" + member.id(), Map.of("name", name, "email", member.email()))));
    }

    void replacePost() throws InterruptedException {
        Member author = nextMember();
        Optional<String> post = author.nextPost();
        if (post.isPresent()) {
            String title = "post " + numbers.incrementAndGet();
            submit(
                    Write.replace(post.get(), author.id(), title),
                    as(author, gateway.request("PUT", "/api/posts/" + post.get(), post(title))));
        }
    }

    void deletePost() throws InterruptedException {
        Member author = nextMember();
        Optional<String> post = author.takePost();
        if (post.isPresent()) {
            submit(
                    Write.remove(post.get(), author.id()),
                    as(author, gateway.request("DELETE", "/api/posts/" + post.get())));
        }
    }

    private void join() throws InterruptedException {
        long number = numbers.incrementAndGet();
        String email = newAddress(number);
        if (register("user " + number, email, Map.of()).outcome() instanceof Outcome.Acknowledged user) {
            JsonNode tokens = gateway.insist(
                            gateway.request("POST", "/api/auth/login", Map.of("email", email, "password", PASSWORD))
                                    .build())
                    .body();
            if (tokens.has("accessToken")) {
                members.add(
                        new Member(user.id(), email, tokens.path("accessToken").asString()));
            }
        }
    }

    private Gateway.Answer register(String name, String email, Map<String, ?> more) throws InterruptedException {
        Map<String, Object> user = new HashMap<>(Map.of("name", name, "email", email, "password", PASSWORD));
        user.putAll(more);
        return submit(Write.register(Write.markOfUser(name, email)), once(gateway.request("POST", "/api/users", user)));
    }

    private Gateway.Answer submit(Write write, HttpRequest.Builder request) throws InterruptedException {
        Gateway.Answer answer = gateway.insist(request.build());
        Outcome outcome = answer.outcome() instanceof Outcome.Acknowledged && write.action() == Write.Action.DELETE
                ? new Outcome.Acknowledged(write.id(), Outcome.NO_VERSION)
                : answer.outcome();
        ledger.enter(write, outcome);
        return answer;
    }

    /** Each in turn. */
    private Member nextMember() throws InterruptedException {
        Member next = members.take();
        members.add(next);
        return next;
    }

    private static HttpRequest.Builder as(Member member, HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + member.token());
    }

    private static HttpRequest.Builder once(HttpRequest.Builder request) {
        return request.header("Idempotency-Key", UUID.randomUUID().toString());
    }

    private static Map<String, ?> post(String title) {
        return Map.of("title", title, "content", title, "published", true);
    }

    private static String newAddress(long number) {
        return "user-%d@example.com".formatted(number);
    }
}
