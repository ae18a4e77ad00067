package dev.herald.local.suite;

/** A process that has ended although its desired state is {@code RUNNING} has crashed. */
enum DesiredState {
    RUNNING,
    STOPPED
}
