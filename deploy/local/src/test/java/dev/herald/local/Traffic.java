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

/** Sends fifty mixed requests a second through the gateway until it is closed, and records each response. */
final class Traffic implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** Much longer than the client's timeout. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

    /** Several users, because each has a rate limit. */
    private static final int MEMBERS = 4;

    private final Client client;
    private final List<Member> members = new ArrayList<>();
    private final List<Tokens> tokens = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledFuture<?> schedule;
    private Part part = new Part();
    private int next;

    /** @param outcome the status, or the failure if there is no response */
    record Answer(String request, Instant sentAt, String outcome) {

        boolean isGood() {
            return outcome.startsWith("2");
        }

        boolean isRead() {
            return request.startsWith("GET");
        }
    }

    /** The responses of one part of the test. */
    private static final class Part {
        final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        final AtomicInteger open = new AtomicInteger();
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
        schedule = clock.scheduleAtFixedRate(this::sendOne, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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
        Part current = part;
        current.open.incrementAndGet();
        requests.execute(() -> {
            current.answers.add(new Answer(request, sentAt, outcome(call)));
            current.open.decrementAndGet();
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

    /** The number of responses since {@link #nextPart} was called. */
    synchronized int count() {
        return part.answers.size();
    }

    /** Begins the next part of the test. Waits for the responses of the last part, and returns them. */
    List<Answer> nextPart() {
        Part full = takePart();
        await().atMost(LAST_ANSWER).until(() -> full.open.get() == 0);
        return List.copyOf(full.answers);
    }

    private synchronized Part takePart() {
        Part full = part;
        part = new Part();
        return full;
    }

    /** Waits for all responses. */
    @Override
    public void close() {
        schedule.cancel(false);
        clock.close();
        requests.close();
    }
}
