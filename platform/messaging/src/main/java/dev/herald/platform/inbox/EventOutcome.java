package dev.herald.platform.inbox;

/** What has become of an event that was received. */
public enum EventOutcome {
    PROCESSED,

    /** It was processed before. */
    DUPLICATE,

    /** There is no handler for its type. */
    SKIPPED,

    /** It is older than the inbox remembers, so it may have had its effect. */
    EXPIRED,

    FAILED
}
