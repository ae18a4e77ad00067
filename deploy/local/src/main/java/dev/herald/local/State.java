package dev.herald.local;

/** How a component is. */
enum State {
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
