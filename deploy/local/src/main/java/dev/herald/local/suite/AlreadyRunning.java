package dev.herald.local.suite;

import dev.herald.local.process.Failure;

/** A suite runs, at least in part. */
public final class AlreadyRunning extends Failure {

    public AlreadyRunning() {
        super(
                "Herald runs already, but not all of it is up. ./herald status says what is not, ./herald down stops it.");
    }
}
