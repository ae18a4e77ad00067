package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a stop: takes the instance out of the registry, then serves until no client's copy of the registry can
 * list the instance. The web server drains after that.
 */
class DeregistrationDelay implements SmartLifecycle {

    private final ApplicationInfoManager registration;
    private final Duration duration;
    private volatile boolean running;

    DeregistrationDelay(ApplicationInfoManager registration, Duration duration) {
        this.registration = registration;
        this.duration = duration;
    }

    @Override
    public void start() {
        running = true;
    }

    /**
     * Sets the status DOWN, because the registry ignores OUT_OF_SERVICE from an instance that is UP there, and an override
     * would apply to the next instance with this id.
     */
    @Override
    public void stop() {
        registration.setInstanceStatus(InstanceStatus.DOWN);
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

    /** Stops before the Kafka listeners and before Boot's web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
