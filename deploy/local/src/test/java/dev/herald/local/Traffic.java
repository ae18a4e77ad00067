package dev.herald.local;

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

/** Fifty mixed requests a second through the gateway until it is closed, each remembered with its answer. */
final class Traffic implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    /** More than one, as each may ask only so much. */
    private static final int MEMBERS = 4;

    private final Client client;
    private final List<Member> members = new ArrayList<>();
    private final List<Tokens> tokens = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledFuture<?> beat;
    private volatile Queue<Answer> answers = new ConcurrentLinkedQueue<>();
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

    private void send(String request, Call call) {
        Instant sentAt = Instant.now();
        Queue<Answer> noted = answers;
        requests.execute(() -> noted.add(new Answer(request, sentAt, outcome(call))));
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

    /** What has been sent until now. */
    void forget() {
        answers = new ConcurrentLinkedQueue<>();
    }

    int count() {
        return answers.size();
    }

    List<Answer> failed() {
        return answers.stream().filter(answer -> !answer.isGood()).toList();
    }

    /** Waits for every answer. */
    @Override
    public void close() {
        beat.cancel(false);
        clock.close();
        requests.close();
    }
}
