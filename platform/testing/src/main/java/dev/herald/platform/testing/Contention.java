package dev.herald.platform.testing;

import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two concurrent writes in a known order. */
public final class Contention {

    private final JdbcTemplate jdbc;
    private final PlatformTransactionManager transactions;

    public Contention(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Runs the second write before the first one commits. The first commits when the second waits for a lock, or is
     * done.
     */
    public void whileUncommitted(Runnable first, Runnable second) {
        CompletableFuture<?> other = new TransactionTemplate(transactions)
                .<CompletableFuture<?>>execute(transaction -> {
                    first.run();
                    CompletableFuture<?> started = CompletableFuture.runAsync(second);
                    await().atMost(ofSeconds(10)).until(() -> started.isDone() || isALockAwaited());
                    return started;
                });
        other.orTimeout(10, SECONDS).join();
    }

    private boolean isALockAwaited() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from pg_locks where not granted)", Boolean.class));
    }
}
