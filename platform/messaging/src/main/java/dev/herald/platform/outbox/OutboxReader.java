package dev.herald.platform.outbox;

import dev.herald.platform.outbox.OutboxRow.Aggregate;
import dev.herald.platform.outbox.OutboxRows.Selection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the rows that can be published. The cost of a read does not grow with the number of other rows: rows behind a
 * parked one, rows of an aggregate with a long queue, and dead rows that an open transaction keeps from vacuum.
 * <p>A read starts above a position, the floor, which stays near the end of the table. A check, every second or less
 * often where it takes long, reads all rows up to the floor and remembers their aggregates, the backlog; each read also
 * takes the first row of each of these. So rows are found that were committed late, below the floor, and rows that are
 * no longer parked.
 */
final class OutboxReader {

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    /** The pause after a check is this many times as long as the check, so that checks take at most 5 % of the time. */
    private static final int CHECK_SHARE = 20;

    /**
     * The most aggregates of the backlog. With more, the floor returns to 0: a read from the start of the table then
     * finds enough rows that can be published.
     */
    private static final int MAX_BACKLOG = 1_000;

    /** A read that takes longer has to skip many rows that cannot be published, so the next check raises the floor. */
    private static final Duration SLOW_READ = Duration.ofMillis(100);

    private final OutboxRows outbox;
    private final int batchSize;

    private long floor;

    /** The floor from the next check on. It is chosen one check earlier, because open transactions can still commit rows below it. */
    private long nextFloor;

    private long nextCheck;
    private Map<Aggregate, Long> backlog = new HashMap<>();
    private Selection above = new Selection(List.of(), false);

    OutboxReader(OutboxRows outbox, int batchSize) throws SQLException {
        this.outbox = outbox;
        this.batchSize = batchSize;
        this.nextFloor = outbox.lastSeq();
        this.nextCheck = System.nanoTime();
    }

    /** The next rows in {@code seq} order, at most one of each aggregate. */
    List<OutboxRow> next() throws SQLException {
        if (System.nanoTime() - nextCheck >= 0) {
            check();
        }
        List<OutboxRow> rows = new ArrayList<>();
        if (!backlog.isEmpty()) {
            rows.addAll(outbox.firstOf(backlog, floor, batchSize).rows());
        }
        if (rows.size() < batchSize) {
            long begin = System.nanoTime();
            above = outbox.above(floor, batchSize - rows.size());
            rows.addAll(above.rows());
            if (System.nanoTime() - begin > SLOW_READ.toNanos() && !above.isCut()) {
                nextFloor = outbox.lastSeq();
                nextCheck = System.nanoTime();
            }
        }
        return rows;
    }

    /** Records that the row is deleted, so that the aggregate's next row becomes its first. */
    void deleted(OutboxRow row) {
        backlog.computeIfPresent(row.aggregate(), (aggregate, below) -> row.seq());
    }

    private void check() throws SQLException {
        long begin = System.nanoTime();
        Optional<Map<Aggregate, Long>> found = outbox.backlog(nextFloor, MAX_BACKLOG);
        backlog = found.orElseGet(HashMap::new);
        floor = found.isPresent() ? nextFloor : 0;
        nextFloor = above.isCut() ? above.rows().getLast().seq() : outbox.lastSeq();
        long end = System.nanoTime();
        nextCheck = end + Math.max(CHECK_INTERVAL.toNanos(), CHECK_SHARE * (end - begin));
    }
}
