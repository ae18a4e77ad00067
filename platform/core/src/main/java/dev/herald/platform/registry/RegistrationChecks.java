package dev.herald.platform.registry;

import dev.herald.platform.lifecycle.BackgroundWork;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks this instance's registration every second until the instance has stopped serving, so that nothing registers it after that. */
class RegistrationChecks implements BackgroundWork, AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Registration registration;
    private @Nullable Thread checks;

    RegistrationChecks(Registration registration) {
        this.registration = registration;
    }

    @Override
    public synchronized void start() {
        checks = Thread.ofVirtual().name("registration-checks").start(this::check);
    }

    private void check() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                registration.check();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void stop() {
        if (checks != null) {
            checks.interrupt();
            try {
                checks.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            checks = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return checks != null;
    }

    /** After a start that failed, too: Spring stops only what it has started completely. */
    @Override
    public void close() {
        stop();
    }
}
