package dev.herald.cluster;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends twenty mixed requests a second until it is closed. */
final class Load implements AutoCloseable {

    private static final int INTERVAL_MS = 50;

    /** Several users, because each user has a rate limit. */
    private static final int MEMBERS = 3;

    private final Client client;
    private final List<Client.Member> members = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final ScheduledFuture<?> schedule;
    private int next;

    @FunctionalInterface
    private interface Call {
        HttpResponse<String> make() throws IOException, InterruptedException;
    }

    Load(Client client) throws IOException, InterruptedException {
        this.client = client;
        for (int member = 0; member < MEMBERS; member++) {
            members.add(client.member());
        }
        schedule = clock.scheduleAtFixedRate(this::sendOne, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private void sendOne() {
        int number = next++;
        Client.Member member = members.get(number % MEMBERS);
        switch (number / MEMBERS % 5) {
            case 0 -> send("GET /api/users/{id}", () -> client.get("/api/users/" + member.id(), member));
            case 1 -> send("GET /api/posts", () -> client.get("/api/posts?limit=5", member));
            case 2 -> send("GET /api/authors", () -> client.get("/api/authors?limit=5", member));
            case 3 -> send("POST /api/posts", () -> client.post(member));
            default -> send("PUT /api/users/{id}", () -> client.rename(member, "Ada " + number));
        }
    }

    private void send(String request, Call call) {
        Instant sentAt = Instant.now();
        requests.execute(() -> {
            try {
                HttpResponse<String> response = call.make();
                if (response.statusCode() >= 300) {
                    failed.add("%s %s: %d %s".formatted(sentAt, request, response.statusCode(), response.body()));
                }
            } catch (IOException | InterruptedException failure) {
                failed.add("%s %s: %s".formatted(sentAt, request, failure));
            }
            answered.incrementAndGet();
        });
    }

    int answered() {
        return answered.get();
    }

    List<String> failed() {
        return List.copyOf(failed);
    }

    /** Stops the load, and waits for all responses. */
    @Override
    public void close() {
        schedule.cancel(false);
        clock.close();
        requests.close();
    }
}
