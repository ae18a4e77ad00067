package dev.herald.platform.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * Work outside of requests, such as publishing the outbox. It starts before the web server and the Kafka listeners and
 * stops after them, so that it still runs while they finish their last requests and records.
 */
public interface BackgroundWork extends SmartLifecycle {

    /** Lower than the phase of Boot's web server ({@code DEFAULT_PHASE - 2048}): a lower phase starts earlier and stops later. */
    int PHASE = DEFAULT_PHASE - 4096;

    @Override
    default int getPhase() {
        return PHASE;
    }
}
