package dev.herald.local;

/** A suite is up, whole or in part. */
final class AlreadyRunning extends Failure {

    AlreadyRunning() {
        super(
                "Herald runs already, but not all of it is up. ./herald status says what is not, ./herald down stops it.");
    }
}
