package dev.herald.platform.outbox;

import dev.herald.platform.outbox.OutboxRow.Aggregate;
import dev.herald.platform.outbox.OutboxSession.Rows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the rows that can be published, at a cost that does not grow with those that cannot: rows behind a parked one, rows of an
 * aggregate with a long queue, and dead rows that no vacuum may remove because a transaction is held open.
 *
 * <p>A read starts above a position, the floor, which follows the end of the table. Rows up to the floor are not forgotten: the check,
 * which reads all of them, finds the aggregates that they belong to, and of these each read takes the first row. The check also finds
 * what was committed late, below the floor, and what is parked no more. It runs every second, or more seldom where it takes long.
 */
final class OutboxReader {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The check takes at most this part of the time. */
    private static final int CHECK_SHARE = 20;

    /** In aggregates. With a longer backlog the floor is given up: then the table starts with rows that can be published. */
    private static final int MAX_BACKLOG = 1_000;

    /** A read that takes longer walks over rows that cannot be published. */
    private static final Duration SLOW_READ = Duration.ofMillis(100);

    private final OutboxSession session;
    private final int batchSize;

    private long floor;

    /** Where the floor goes with the next check: transactions have the time between to commit what lies below. */
    private long nextFloor;

    private long nextCheck;
    private Map<Aggregate, Long> backlog = new HashMap<>();
    private Rows above = new Rows(List.of(), false);

    OutboxReader(OutboxSession session, int batchSize) throws SQLException {
        this.session = session;
        this.batchSize = batchSize;
        this.nextFloor = session.lastSeq();
        this.nextCheck = System.nanoTime();
    }

    /** The next rows in {@code seq} order, of each aggregate at most one. */
    List<OutboxRow> next() throws SQLException {
        if (System.nanoTime() - nextCheck >= 0) {
            check();
        }
        List<OutboxRow> rows = new ArrayList<>();
        if (!backlog.isEmpty()) {
            rows.addAll(session.firstRowsOf(backlog, floor, batchSize).rows());
        }
        if (rows.size() < batchSize) {
            long begin = System.nanoTime();
            above = session.rowsAbove(floor, batchSize - rows.size());
            rows.addAll(above.rows());
            if (System.nanoTime() - begin > SLOW_READ.toNanos() && !above.isCut()) {
                nextFloor = session.lastSeq();
                nextCheck = System.nanoTime();
            }
        }
        return rows;
    }

    /** The row is gone, so that the next one of its aggregate is its first. */
    void deleted(OutboxRow row) {
        backlog.computeIfPresent(row.aggregate(), (aggregate, below) -> row.seq());
    }

    private void check() throws SQLException {
        long begin = System.nanoTime();
        Optional<Map<Aggregate, Long>> found = session.backlog(nextFloor, MAX_BACKLOG);
        backlog = found.orElseGet(HashMap::new);
        floor = found.isPresent() ? nextFloor : 0;
        nextFloor = above.isCut() ? above.rows().getLast().seq() : session.lastSeq();
        long end = System.nanoTime();
        nextCheck = end + Math.max(CHECK_INTERVAL.toNanos(), CHECK_SHARE * (end - begin));
    }
}
