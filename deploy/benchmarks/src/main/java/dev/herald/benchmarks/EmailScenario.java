package dev.herald.benchmarks;

import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Measures the time from {@code user.created} until SMTP accepts the welcome email, at a steady rate and with a backlog. It publishes
 * events of users that user-service does not have, because hashing their passwords would take longer than everything else. {@code
 * user.deleted} erases the emails afterwards.
 */
record EmailScenario(OutboxTable outbox, Database notifications) {

    private static final int PER_SECOND = 20;
    private static final int STEADY_SECONDS = 15;
    private static final int BACKLOG = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        EmailScenario emails = of(bench);
        String rate = "%s at %d/s".formatted(scenario.name(), PER_SECOND);
        Measured steady = bench.inRounds(List.of(rate), () -> {
                    bench.say("%d events a second, for %d s".formatted(PER_SECOND, STEADY_SECONDS));
                    return List.of(emails.measure(
                            PER_SECOND * STEADY_SECONDS, Duration.ofSeconds(1).dividedBy(PER_SECOND)));
                })
                .getFirst();
        bench.say("%,d events at once".formatted(BACKLOG));
        Measured backlog = new Measured(
                "%s, %,d at once".formatted(scenario.name(), BACKLOG),
                List.of(emails.measure(BACKLOG, Duration.ZERO)),
                Map.of());
        return new Scenario.Outcome(
                List.of(steady, backlog),
                List.of(
                        Ratio.ofMillis(rate + ", p50 in ms", steady, Figures::p50, 50),
                        Ratio.ofMillis(rate + ", p99 in ms", steady, Figures::p99, 250)));
    }

    static EmailScenario of(Bench bench) {
        Target target = bench.target();
        return new EmailScenario(new OutboxTable(target.usersDatabase(), "outbox"), target.notificationsDatabase());
    }

    /** Writes events, waits for their emails, and erases both. */
    Figures measure(int count, Duration interval) throws SQLException, InterruptedException {
        List<UUID> users = Stream.generate(UUID::randomUUID).limit(count).toList();
        String ids = users.stream().map(UUID::toString).collect(joining(",", "{", "}"));
        try {
            outbox.write(events(users, "user.created", """
                    {"id":"%1$s","name":"Bench","email":"%1$s@event.bench.example","createdAt":"2020-01-01T00:00:00Z","version":0}"""), interval);
            await("the emails are not all sent", () -> count(ids, "status = 'SENT'") == users.size());
            return delivered(count, ids);
        } finally {
            outbox.write(events(users, "user.deleted", """
                    {"id":"%s","version":1}"""), Duration.ZERO);
            await("the emails are not all erased", () -> count(ids, "true") == 0);
        }
    }

    private static List<OutboxTable.Event> events(List<UUID> users, String type, String payload) {
        return users.stream()
                .map(id -> new OutboxTable.Event(id, type, payload.formatted(id)))
                .toList();
    }

    /** Computes the figures from the times that the rows contain. */
    private Figures delivered(int count, String ids) throws SQLException {
        return notifications.row(
                """
                select extract(epoch from percentile_disc(0.5) within group (order by sent_at - event_time)) * 1000,
                       extract(epoch from percentile_disc(0.99) within group (order by sent_at - event_time)) * 1000,
                       extract(epoch from max(sent_at) - min(event_time))
                from email where user_id = any (?::uuid[])
                """, row -> new Figures(count / row.getDouble(3), row.getDouble(1), row.getDouble(2)), ids);
    }

    private long count(String ids, String condition) throws SQLException {
        return notifications.number("select count(*) from email where user_id = any (?::uuid[]) and " + condition, ids);
    }

    private static void await(String otherwise, Callable<Boolean> condition) {
        Wait.until(condition, POLL, LIMIT, "After %d minutes %s.".formatted(LIMIT.toMinutes(), otherwise));
    }
}
