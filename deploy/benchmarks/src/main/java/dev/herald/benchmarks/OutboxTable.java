package dev.herald.benchmarks;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to an outbox as a service does: each row in its own transaction, several transactions in parallel, and one NOTIFY for all
 * rows that were committed since the last.
 *
 * @param table {@code outbox}, which is also the name of its relay's channel, or a table that no relay reads
 * @param topic null if the relay publishes the rows; otherwise Debezium publishes them on this topic
 */
record OutboxTable(
        Database database, String table, @Nullable String topic) {

    /** Both statements are one transaction, because the driver sends them together. */
    private static final String FOR_DEBEZIUM = """
            insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at, topic, ce_specversion,
                                ce_source, ce_time, content_type, traceparent)
            values (uuidv7(), split_part(?, '.', 1), ?, ?, ?, '{}', clock_timestamp(), ?, '1.0', '/bench',
                    '2026-01-01T00:00:00Z', 'application/json', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00');
            delete from outbox where aggregatetype = split_part(?, '.', 1) and aggregateid = ?
            """;

    /** Enough threads to keep the disk busy. */
    private static final int WRITERS = 4;

    private static final String LATENCY = "herald_outbox_publish_latency_seconds";
    private static final double NANOS = 1e9;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /**
     * An event for the outbox.
     *
     * @param id the id of the aggregate
     * @param type the CloudEvents type, such as {@code user.created}
     * @param payload JSON
     */
    record Event(UUID id, String type, String payload) {}

    OutboxTable(Database database, String table) {
        this(database, table, null);
    }

    /** Creates an empty copy of the table, which no relay reads. */
    static OutboxTable withoutRelay(Database database) throws SQLException {
        OutboxTable table = new OutboxTable(database, "bench_outbox");
        table.drop();
        database.execute("create table bench_outbox (like outbox including all)");
        return table;
    }

    void drop() throws SQLException {
        database.execute("drop table if exists " + table);
    }

    /** Writes as fast as possible, and returns the nanoseconds until Kafka's last acknowledgement. */
    long drain(List<Event> events) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        write(events, Duration.ZERO);
        awaitRelayed();
        return System.nanoTime() - begin;
    }

    /** Writes at a steady rate, and measures the time from each insert to Kafka's acknowledgement. */
    Figures relay(List<Event> events, int perSecond, Bench bench)
            throws SQLException, IOException, InterruptedException {
        Buckets before = Buckets.of(bench.metricsOfUserService(), LATENCY);
        long elapsed = write(events, Duration.ofSeconds(1).dividedBy(perSecond));
        awaitRelayed();
        Buckets since = Buckets.of(bench.metricsOfUserService(), LATENCY).since(before);
        return new Figures(since.count() * NANOS / elapsed, since.percentile(0.50), since.percentile(0.99));
    }

    /** Waits until the outbox has no event of the benchmark: the relay deletes a row after Kafka's acknowledgement. */
    private void awaitRelayed() throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement left =
                        connection.prepareStatement("select from outbox where aggregatetype = 'bench' limit 1")) {
            Wait.until(() -> !left.executeQuery().next(), POLL, LIMIT, "The relay does not publish all events.");
        }
    }

    /**
     * Writes one event in each interval.
     *
     * @return the nanoseconds from the first to the last commit
     */
    long write(List<Event> events, Duration interval) throws SQLException, InterruptedException {
        return write(events, interval, event -> {});
    }

    /** @param committed is called after the commit of each event */
    long write(List<Event> events, Duration interval, Consumer<Event> committed)
            throws SQLException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        long begin = System.nanoTime();
        Thread notifier = Thread.ofVirtual().unstarted(() -> notifyRelay(written, events.size()));
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            notifier.start();
            Callable<Boolean> work = () -> write(events, next, begin, interval, event -> {
                committed.accept(event);
                written.incrementAndGet();
            });
            for (Future<Boolean> writer : writers.invokeAll(Collections.nCopies(WRITERS, work))) {
                writer.get();
            }
        } catch (ExecutionException e) {
            throw new BenchFailed("The outbox cannot be written: " + e.getCause());
        } finally {
            // Lets the notifier end, also after a failure. An interrupt would close its connection.
            written.set(events.size());
        }
        long elapsed = System.nanoTime() - begin;
        notifier.join();
        database.execute("notify " + table);
        return elapsed;
    }

    private String insert() {
        return topic != null ? FOR_DEBEZIUM : """
                insert into %s (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                values (uuidv7(), split_part(?, '.', 1), ?, ?, ?, '{}', clock_timestamp())
                """.formatted(table);
    }

    private boolean write(
            List<Event> events, AtomicInteger next, long begin, Duration interval, Consumer<Event> committed)
            throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(insert())) {
            for (int number = next.getAndIncrement(); number < events.size(); number = next.getAndIncrement()) {
                LockSupport.parkNanos(begin + number * interval.toNanos() - System.nanoTime());
                Event event = events.get(number);
                insert.setString(1, event.type());
                insert.setString(2, event.id().toString());
                insert.setString(3, event.type());
                insert.setString(4, event.payload());
                if (topic != null) {
                    insert.setString(5, topic);
                    insert.setString(6, event.type());
                    insert.setString(7, event.id().toString());
                }
                insert.execute();
                committed.accept(event);
            }
        }
        return true;
    }

    /** Sends NOTIFY while rows are written: one for all rows that were committed during the previous one. */
    private void notifyRelay(AtomicInteger written, int all) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            int notified = 0;
            while (notified < all) {
                int now = written.get();
                if (now > notified) {
                    notified = now;
                    statement.execute("notify " + table);
                }
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
        } catch (SQLException e) {
            throw new BenchFailed("NOTIFY fails: " + e.getMessage());
        }
    }
}
