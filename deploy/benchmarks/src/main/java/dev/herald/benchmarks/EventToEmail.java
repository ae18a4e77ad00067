package dev.herald.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * The time from {@code user.created} to the acceptance of the welcome email by SMTP, at a steady rate and with a backlog. The users exist
 * in their events only, because hashing passwords would take longer than all the rest; {@code user.deleted} erases them afterwards.
 */
final class EventToEmail implements Scenario {

    private static final int PER_SECOND = 20;
    private static final int STEADY_SECONDS = 15;
    private static final int BACKLOG = 10_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(200);

    @Override
    public String name() {
        return "event-to-email";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        OutboxTable outbox = new OutboxTable(bench.target().usersDatabase(), "outbox");
        Database notifications = bench.target().notificationsDatabase();
        List<Figures> steady = new ArrayList<>();
        // A round before the first is the warm-up.
        for (int round = 0; round <= bench.rounds(); round++) {
            bench.say("%d events a second, for %d s".formatted(PER_SECOND, STEADY_SECONDS));
            List<UUID> users = users(PER_SECOND * STEADY_SECONDS);
            try {
                outbox.write(created(users), PER_SECOND);
                Figures figures = delivered(users, notifications);
                if (round > 0) {
                    steady.add(figures);
                }
            } finally {
                erase(users, outbox, notifications);
            }
        }
        bench.say("%,d events at once".formatted(BACKLOG));
        List<UUID> users = users(BACKLOG);
        Figures backlog;
        try {
            outbox.write(created(users));
            backlog = delivered(users, notifications);
        } finally {
            erase(users, outbox, notifications);
        }

        Measured atRate = new Measured("event-to-email at %d/s".formatted(PER_SECOND), steady, Map.of());
        Measured drained = new Measured("event-to-email, %,d at once".formatted(BACKLOG), List.of(backlog), Map.of());
        return new Outcome(
                List.of(atRate, drained),
                List.of(
                        Ratio.ofMillis(atRate.name() + ", p50 in ms", atRate, Figures::p50, 50),
                        Ratio.ofMillis(atRate.name() + ", p99 in ms", atRate, Figures::p99, 250)));
    }

    /** Waits until all emails are sent; the rows contain the times. */
    private static Figures delivered(List<UUID> users, Database notifications)
            throws SQLException, InterruptedException {
        await("the emails are not all sent", () -> count(users, "status = 'SENT'", notifications) == users.size());
        try (Connection connection = notifications.connect();
                PreparedStatement select = connection.prepareStatement("""
                        select extract(epoch from percentile_disc(0.5) within group (order by sent_at - event_time)) * 1000,
                               extract(epoch from percentile_disc(0.99) within group (order by sent_at - event_time)) * 1000,
                               extract(epoch from max(sent_at) - min(event_time))
                        from email where user_id = any (?)
                        """)) {
            select.setArray(1, connection.createArrayOf("uuid", users.toArray()));
            ResultSet row = select.executeQuery();
            row.next();
            return new Figures(users.size() / row.getDouble(3), row.getDouble(1), row.getDouble(2));
        }
    }

    private static void erase(List<UUID> users, OutboxTable outbox, Database notifications)
            throws SQLException, InterruptedException {
        outbox.write(users.stream()
                .map(id -> new OutboxEvent(id, "user.deleted", "{\"id\":\"%s\",\"version\":1}".formatted(id)))
                .toList());
        await("the emails are not all erased", () -> count(users, "true", notifications) == 0);
    }

    private static long count(List<UUID> users, String condition, Database notifications) throws SQLException {
        try (Connection connection = notifications.connect();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from email where user_id = any (?) and " + condition)) {
            select.setArray(1, connection.createArrayOf("uuid", users.toArray()));
            ResultSet row = select.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    private static void await(String otherwise, Callable<Boolean> condition) {
        Wait.until(condition, POLL, LIMIT, "After %d minutes %s.".formatted(LIMIT.toMinutes(), otherwise));
    }

    private static List<UUID> users(int count) {
        return IntStream.range(0, count).mapToObj(number -> UUID.randomUUID()).toList();
    }

    private static List<OutboxEvent> created(List<UUID> users) {
        return users.stream()
                .map(id -> new OutboxEvent(
                        id,
                        "user.created",
                        "{\"id\":\"%s\",\"name\":\"Bench\",\"email\":\"%s@event.bench.example\",\"createdAt\":\"2020-01-01T00:00:00Z\",\"version\":0}"
                                .formatted(id, id)))
                .toList();
    }
}
