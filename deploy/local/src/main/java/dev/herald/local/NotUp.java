package dev.herald.local;

/** A command needs the whole suite, and it is not there. */
final class NotUp extends Failure {

    NotUp(boolean running) {
        super(
                running
                        ? "Not everything is up: ./herald status says what is not."
                        : "Herald is not running. ./herald up starts it.");
    }
}
