package dev.herald.platform.inbox;

public enum EventOutcome {
    PROCESSED,

    DUPLICATE,

    /** The event's type has no handler. */
    SKIPPED,

    /** The event is older than the inbox's rows, so that it may have been handled before. */
    EXPIRED,

    FAILED
}
