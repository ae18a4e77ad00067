package dev.herald.local;

/** A suite is up, whole or in part. */
final class AlreadyRunning extends Failure {

    AlreadyRunning() {
        super("Herald is already running: ./herald status shows it, ./herald down stops it.");
    }
}
