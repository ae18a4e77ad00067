package dev.herald.platform.inbox;

/**
 * A copy of other services' data that the events can build again. A service with a read model may do nothing in its handlers
 * that is harmful when the inbox is cleared and the events come again.
 */
public interface ReadModel {

    /** Makes the model accept every event, however old; data that no event changes stays. Runs in a transaction. */
    void reset();
}
