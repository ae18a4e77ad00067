package dev.herald.platform.lifecycle;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a stop: runs the deregistration, then waits while the instance still serves, until no client's copy
 * of the registry lists the instance. The web server stops afterwards.
 */
class DeregistrationDelay implements SmartLifecycle {

    private final Runnable deregistration;
    private final Duration duration;
    private volatile boolean running;

    DeregistrationDelay(Runnable deregistration, Duration duration) {
        this.deregistration = deregistration;
        this.duration = duration;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        deregistration.run();
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The highest phase stops first: before the Kafka listeners and Boot's web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
