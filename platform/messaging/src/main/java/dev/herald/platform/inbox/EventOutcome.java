package dev.herald.platform.inbox;

/** What has become of an event that was received. */
public enum EventOutcome {
    PROCESSED,

    /** It was processed before. */
    DUPLICATE,

    /** Nobody here handles its type. */
    SKIPPED,

    /** It may have had its effect, and is too old for anybody to know. */
    EXPIRED,

    FAILED
}
