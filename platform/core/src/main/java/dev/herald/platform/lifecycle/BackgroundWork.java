package dev.herald.platform.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Work outside of requests. It starts before the web server and the Kafka listeners and stops after them, so that it
 * still handles the last requests and records that they accept.
 */
public interface BackgroundWork extends SmartLifecycle {

    /** Below Boot's web server, whose phase is {@code DEFAULT_PHASE - 2048}. */
    int PHASE = DEFAULT_PHASE - 4096;

    @Override
    default int getPhase() {
        return PHASE;
    }
}
