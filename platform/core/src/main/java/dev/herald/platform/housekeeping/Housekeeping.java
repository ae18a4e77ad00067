package dev.herald.platform.housekeeping;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** Deletes old rows in small transactions. An advisory lock lets only one replica delete at a time. */
class Housekeeping {

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private static final int BATCH = 1_000;

    private final List<Purge> purges;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final MeterRegistry meters;

    Housekeeping(
            List<Purge> purges,
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            Clock clock,
            MeterRegistry meters) {
        this.purges = purges;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.meters = meters;
        purges.forEach(this::counter);
    }

    /**
     * Has a fixed rate, not a fixed delay: Spring runs all tasks with a fixed delay on one thread, so a long purge
     * would delay the others.
     */
    @Scheduled(
            initialDelayString = "${herald.housekeeping.interval:10m}",
            fixedRateString = "${herald.housekeeping.interval:10m}")
    void run() {
        for (Purge purge : purges) {
            try {
                while (batch(purge) == BATCH) {
                    log.debug("More to purge in {}", purge.table());
                }
            } catch (DataAccessException | TransactionException e) {
                log.warn("Purging {} failed, and is repeated at the next run: {}", purge.table(), e.toString());
            }
        }
    }

    private int batch(Purge purge) {
        Integer deleted = transactions.execute(transaction -> {
            Boolean mine = jdbc.queryForObject(
                    "select pg_try_advisory_xact_lock(hashtext('herald.housekeeping'))", Boolean.class);
            if (!Boolean.TRUE.equals(mine)) {
                return 0;
            }
            return jdbc.update(purge.sql(), Timestamp.from(clock.instant().minus(purge.age())), BATCH);
        });
        counter(purge).increment(deleted);
        return deleted;
    }

    private Counter counter(Purge purge) {
        return Counter.builder("herald.purged.rows")
                .description("Rows deleted because they were older than their retention time")
                .tag("table", purge.table())
                .register(meters);
    }
}
