package dev.herald.platform.lifecycle;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing that a stopping instance does: it leaves the registry, and goes on serving until nobody can still have it in
 * a copy of the registry. Only then does the web server refuse connections and drain.
 */
class LastCall implements SmartLifecycle {

    private final ApplicationInfoManager registration;
    private final Duration duration;
    private volatile boolean running;

    LastCall(ApplicationInfoManager registration, Duration duration) {
        this.registration = registration;
        this.duration = duration;
    }

    @Override
    public void start() {
        running = true;
    }

    /**
     * Spring Cloud has made it DOWN a moment before; should it not have, this does. The registry would not believe OUT_OF_SERVICE from
     * an instance that it has UP, and an override of the status would be waiting for the instance that is started next.
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
