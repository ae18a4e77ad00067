package dev.herald.local.suite;

/** What the user wants of a component: a process that has ended although it should run has crashed. */
enum DesiredState {
    RUNNING,
    STOPPED
}
