package dev.herald.local.suite;

/** How a component is. */
public enum State {
    UP,
    STARTING,
    /** Its process lives, but does not answer: it is frozen, or far too busy. */
    SILENT,
    /** It answers that it cannot do its work. */
    UNREADY,
    STOPPED,
    CRASHED,
    EXTERNAL
}
