package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a stop: takes the instance out of the registry, then keeps serving until no client can have it in its copy of
 * the registry. Only after that does the web server refuse connections and drain.
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
     * Sets the status DOWN, which Spring Cloud has usually done a moment before. The registry ignores OUT_OF_SERVICE from an instance
     * that it has as UP, and an override of the status would apply to the next instance with this id.
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

    /** Last to start, first to stop: before the Kafka listeners, and before Boot's web server. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
