package dev.herald.local;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.local.Client.Member;
import dev.herald.local.Client.NewPost;
import dev.herald.local.Client.Tokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Users who register, write, change their names and leave until this is closed, and what was acknowledged to them. They pause, so that the
 * load leaves room for what is started meanwhile.
 */
final class AcknowledgedWrites implements AutoCloseable {

    private static final int USERS_AT_A_TIME = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Client client;
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Queue<Member> members = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService users = Executors.newScheduledThreadPool(USERS_AT_A_TIME);
    private final AtomicInteger lives = new AtomicInteger();

    enum Kind {
        REGISTERED,
        WROTE,
        RENAMED,
        DELETED
    }

    /**
     * @param user the id of the user who did it
     * @param aggregate the id of the user or post
     */
    record Write(Kind kind, String user, String aggregate, Instant acknowledgedAt) {}

    AcknowledgedWrites(Client client) {
        this.client = client;
        for (int user = 0; user < USERS_AT_A_TIME; user++) {
            var _ = users.scheduleWithFixedDelay(this::live, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Waits until some of each kind were acknowledged from now on, by several users. */
    void awaitSomeOfEachKind() {
        Instant since = Instant.now();
        await().atMost(ofMinutes(5)).until(() -> {
            Map<Kind, Long> count = writes.stream()
                    .filter(write -> write.acknowledgedAt().isAfter(since))
                    .collect(Collectors.groupingBy(Write::kind, Collectors.counting()));
            return Arrays.stream(Kind.values()).allMatch(kind -> count.getOrDefault(kind, 0L) >= 3);
        });
    }

    /** The ids of the users with an acknowledged write of this kind. */
    Set<String> users(Kind kind) {
        return writes.stream()
                .filter(write -> write.kind() == kind)
                .map(Write::user)
                .collect(Collectors.toSet());
    }

    List<Write> all() {
        return List.copyOf(writes);
    }

    /** The addresses of all users, of those who left too. */
    List<String> addresses() {
        return members.stream().map(Member::email).toList();
    }

    List<String> addressesOf(Set<String> ids) {
        return members.stream()
                .filter(member -> ids.contains(member.id()))
                .map(Member::email)
                .toList();
    }

    /** What was not answered well, and when. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void live() {
        try {
            live(lives.getAndIncrement() % 3 == 0);
        } catch (RuntimeException | AssertionError failure) {
            failures.add(Instant.now() + " " + failure.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void live(boolean leaves) throws InterruptedException {
        Member member = client.register(List.of(NewPost.published("First"), NewPost.draft("Second")));
        members.add(member);
        add(Kind.REGISTERED, member, member.id());
        Tokens tokens = Tokens.of(client.refresh(client.logIn(member)));
        add(
                Kind.WROTE,
                member,
                client.write(NewPost.published("Third"), tokens).get("id").asString());
        Map<String, String> renamed = Map.of("name", "Ada " + member.id(), "email", member.email());
        String self = "/api/users/" + member.id();
        acknowledge(Kind.RENAMED, member, client.put(self, tokens, renamed));
        client.json(self + "?include=posts", tokens);
        client.json("/api/authors?limit=5", tokens);
        if (leaves) {
            acknowledge(Kind.DELETED, member, client.delete(self, tokens));
        }
    }

    private void acknowledge(Kind kind, Member member, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        add(kind, member, member.id());
    }

    private void add(Kind kind, Member member, String aggregate) {
        writes.add(new Write(kind, member.id(), aggregate, Instant.now()));
    }

    @Override
    public void close() {
        users.close();
    }
}
