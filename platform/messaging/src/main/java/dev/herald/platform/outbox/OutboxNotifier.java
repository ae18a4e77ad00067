package dev.herald.platform.outbox;

import dev.herald.platform.lifecycle.BackgroundThread;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Notifies the leading relay of committed rows. NOTIFY is sent after the commit, because transactions that send it
 * commit one after another; commits within a short time share one NOTIFY.
 */
class OutboxNotifier extends BackgroundThread {

    static final String CHANNEL = "outbox";

    private static final Logger log = LoggerFactory.getLogger(OutboxNotifier.class);

    private final JdbcTemplate jdbc;
    private final Semaphore committed = new Semaphore(0);

    OutboxNotifier(JdbcTemplate jdbc) {
        super(Thread.ofVirtual().name("outbox-notifier"), Duration.ZERO);
        this.jdbc = jdbc;
    }

    void signal() {
        committed.release();
    }

    @Override
    protected void run() throws InterruptedException {
        while (true) {
            committed.acquire();
            committed.drainPermits();
            try {
                jdbc.execute("notify " + CHANNEL);
            } catch (RuntimeException e) {
                log.debug("NOTIFY failed; the relay's poll will find the rows", e);
            }
        }
    }
}
