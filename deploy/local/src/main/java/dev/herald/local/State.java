package dev.herald.local;

/** How a component is. */
enum State {
    UP,
    STARTING,
    STOPPED,
    CRASHED,
    EXTERNAL
}
