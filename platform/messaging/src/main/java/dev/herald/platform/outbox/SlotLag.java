package dev.herald.platform.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far Debezium is behind the WAL. PostgreSQL knows the distance in bytes only; for the time, each measurement
 * remembers the end of the WAL until Debezium has reached it.
 */
class SlotLag {

    private static final String POSITIONS = """
            select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as written,
                   min(pg_wal_lsn_diff(confirmed_flush_lsn, '0/0'))::bigint as published
            from\s""" + DebeziumSlots.SLOTS;

    /** Enough for an outage of four hours with a measurement every 15 seconds; older ones then stand for the time. */
    private static final int MOST_MARKS = 1_000;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Deque<Mark> marks = new ArrayDeque<>();

    SlotLag(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The end of the WAL at a moment. */
    private record Mark(long written, Instant at) {}

    private record Positions(long written, @Nullable Long published) {}

    /** In bytes; 0 without a slot. */
    double bytes() {
        Positions now = positions();
        return now.published() == null ? 0 : now.written() - now.published();
    }

    /** The seconds since the oldest measurement whose end of the WAL Debezium has not reached; 0 if there is none. */
    synchronized double seconds() {
        Positions now = positions();
        Long published = now.published();
        marks.removeIf(mark -> published == null || mark.written() <= published);
        if (published != null && marks.size() < MOST_MARKS) {
            marks.add(new Mark(now.written(), clock.instant()));
        }
        return marks.isEmpty()
                ? 0
                : Duration.between(marks.getFirst().at(), clock.instant()).toMillis() / 1000.0;
    }

    private Positions positions() {
        return Objects.requireNonNull(jdbc.queryForObject(
                POSITIONS,
                (row, number) -> new Positions(row.getLong("written"), row.getObject("published", Long.class))));
    }
}
