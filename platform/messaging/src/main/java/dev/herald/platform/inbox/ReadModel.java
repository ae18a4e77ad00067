package dev.herald.platform.inbox;

/**
 * A copy of what others own, which the events alone can make again. A service that has one promises more of its handlers: whatever
 * else they do must be harmless when the inbox has forgotten that they did it.
 */
public interface ReadModel {

    /** From now on it takes whatever an event says, however old; what no event speaks of stays. Runs in a transaction. */
    void reset();
}
