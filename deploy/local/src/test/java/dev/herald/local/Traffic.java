package dev.herald.local;

import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.NewPost;
import dev.herald.local.Client.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Fifty mixed requests a second through the gateway until it is closed, each remembered with its answer. */
final class Traffic implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** Well above the client's own patience. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

    /** More than one, as each may ask only so much. */
    private static final int MEMBERS = 4;

    private final Client client;
    private final List<Member> members = new ArrayList<>();
    private final List<Tokens> tokens = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledFuture<?> beat;
    private Page page = new Page();
    private int next;

    /** @param outcome the status, or what went wrong before there was one */
    record Answer(String request, Instant sentAt, String outcome) {

        boolean isGood() {
            return outcome.startsWith("2");
        }

        boolean isRead() {
            return request.startsWith("GET");
        }
    }

    /** The answers to what was sent in one part of the test. */
    private static final class Page {
        final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        final AtomicInteger underWay = new AtomicInteger();
    }

    @FunctionalInterface
    private interface Call {
        HttpResponse<String> make() throws InterruptedException;
    }

    Traffic(Client client) throws InterruptedException {
        this.client = client;
        for (int member = 0; member < MEMBERS; member++) {
            members.add(client.register());
            tokens.add(client.logIn(members.getLast()));
        }
        beat = clock.scheduleAtFixedRate(this::sendOne, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sendOne() {
        int number = next++;
        Member member = members.get(number % MEMBERS);
        Tokens token = tokens.get(number % MEMBERS);
        String self = "/api/users/" + member.id();
        switch (number / MEMBERS % 10) {
            case 0, 1, 2 -> send("GET " + self, () -> client.get(self, token));
            case 3, 4 -> send("GET /api/posts", () -> client.get("/api/posts", token));
            case 5, 6 -> send("GET /api/authors", () -> client.get("/api/authors?limit=5", token));
            case 7, 8 ->
                send(
                        "POST /api/posts",
                        () -> client.post("/api/posts", token, NewPost.published("While they come and go")));
            default ->
                send(
                        "PUT " + self,
                        () -> client.put(self, token, Map.of("name", "Ada " + number, "email", member.email())));
        }
    }

    private synchronized void send(String request, Call call) {
        Instant sentAt = Instant.now();
        Page current = page;
        current.underWay.incrementAndGet();
        requests.execute(() -> {
            current.answers.add(new Answer(request, sentAt, outcome(call)));
            current.underWay.decrementAndGet();
        });
    }

    private static String outcome(Call call) {
        try {
            HttpResponse<String> response = call.make();
            return response.statusCode() < 300
                    ? Integer.toString(response.statusCode())
                    : response.statusCode() + " " + response.body();
        } catch (InterruptedException | RuntimeException failure) {
            return failure.toString();
        }
    }

    /** How many have been answered of those sent since the page was turned. */
    synchronized int count() {
        return page.answers.size();
    }

    /** Turns the page; returns the answers to all that was sent until now, when the last of them is there. */
    List<Answer> turnPage() {
        Page full = takePage();
        await().atMost(LAST_ANSWER).until(() -> full.underWay.get() == 0);
        return List.copyOf(full.answers);
    }

    private synchronized Page takePage() {
        Page full = page;
        page = new Page();
        return full;
    }

    /** Waits for every answer. */
    @Override
    public void close() {
        beat.cancel(false);
        clock.close();
        requests.close();
    }
}
