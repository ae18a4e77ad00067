package dev.herald.local.suite;

import dev.herald.local.process.Failure;

/** Another command is changing the suite. */
final class SuiteBusy extends Failure {

    SuiteBusy() {
        super("Another ./herald command is starting or stopping something: wait for it, or end it with ./herald down.");
    }
}
