package dev.herald.platform.inbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code processed_event}: makes an at-least-once delivery an exactly-once effect on this database. */
class Inbox {

    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;

    Inbox(JdbcTemplate jdbc, TransactionOperations transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Runs the effect and records the event in one transaction, unless it is recorded already. The row goes first: a
     * second delivery at the same moment waits on its key and then sees it.
     *
     * @return whether the effect ran
     */
    boolean once(String consumer, UUID eventId, Runnable effect) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            int added = jdbc.update("""
                    insert into processed_event (consumer, event_id, processed_at) values (?, ?, ?)
                    on conflict do nothing
                    """, consumer, eventId, Timestamp.from(clock.instant()));
            if (added == 1) {
                effect.run();
            }
            return added == 1;
        }));
    }

    /** Everything is to be handled again. Waits for what is being handled, and has the rest wait until the transaction ends. */
    void forgetEverything() {
        jdbc.execute("truncate processed_event");
    }
}
