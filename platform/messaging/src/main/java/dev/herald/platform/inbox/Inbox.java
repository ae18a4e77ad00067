package dev.herald.platform.inbox;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code processed_event}: although Kafka can deliver an event several times, the event changes this database once. */
record Inbox(JdbcTemplate jdbc, TransactionOperations transactions, Clock clock) {

    /**
     * Records the event and runs the effect in one transaction, unless the event is recorded already. The row is
     * inserted first, so that a concurrent delivery of the event waits for this transaction.
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

    /** Deletes all rows. Waits for running handlers, and makes others wait until the transaction ends. */
    void forgetEverything() {
        jdbc.execute("truncate processed_event");
    }
}
