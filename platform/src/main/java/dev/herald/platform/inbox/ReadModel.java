package dev.herald.platform.inbox;

/** A copy of what others own, which the events alone can make again. */
public interface ReadModel {

    /** From now on it takes whatever an event says, however old; what no event speaks of stays. Runs in a transaction. */
    void reset();
}
