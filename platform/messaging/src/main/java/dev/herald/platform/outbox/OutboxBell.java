package dev.herald.platform.outbox;

import dev.herald.platform.lifecycle.BackgroundWork;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells the relay, on whichever replica it leads, that rows were committed. NOTIFY stays out of the business
 * transaction, where it would serialise all commits, and many commits share one.
 */
class OutboxBell implements BackgroundWork {

    static final String CHANNEL = "outbox";

    private static final Logger log = LoggerFactory.getLogger(OutboxBell.class);

    private final JdbcTemplate jdbc;
    private final Semaphore rung = new Semaphore(0);
    private volatile @Nullable Thread thread;

    OutboxBell(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void ring() {
        rung.release();
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("outbox-bell").start(this::notifyWhenRung);
    }

    private void notifyWhenRung() {
        try {
            while (true) {
                rung.acquire();
                rung.drainPermits();
                try {
                    jdbc.execute("notify " + CHANNEL);
                } catch (RuntimeException e) {
                    log.debug("NOTIFY failed; the relay's poll will find the rows", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
