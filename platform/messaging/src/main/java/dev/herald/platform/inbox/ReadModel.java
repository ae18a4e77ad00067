package dev.herald.platform.inbox;

/**
 * A copy of other services' data that the events can build again. A replay clears the inbox, so all handlers of a
 * service with a read model run again for old events: they must have no effect that may happen only once, such as an
 * email.
 */
public interface ReadModel {

    /**
     * Prepares a replay: makes the model accept every event again, however old. Data that no event changes stays. Runs
     * in a transaction.
     */
    void reset();
}
