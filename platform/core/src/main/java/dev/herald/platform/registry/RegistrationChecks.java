package dev.herald.platform.registry;

import dev.herald.platform.lifecycle.BackgroundThread;
import java.time.Duration;

/** Checks the registration every second until the web server has stopped. A later check would register the stopped instance again. */
class RegistrationChecks extends BackgroundThread implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Longer than the registry client's timeouts, so that a running check ends before the instance deregisters. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Registration registration;

    RegistrationChecks(Registration registration) {
        super(Thread.ofVirtual().name("registration-checks"), STOP_LIMIT);
        this.registration = registration;
    }

    @Override
    protected void run() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            registration.check();
            Thread.sleep(INTERVAL);
        }
    }

    /** Spring calls this method, and no {@code stop}, after a failed start. */
    @Override
    public void close() {
        stop();
    }
}
