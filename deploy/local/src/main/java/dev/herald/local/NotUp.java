package dev.herald.local;

/** A command needs the whole suite, and it is not there. */
final class NotUp extends Failure {

    static final String NOT_RUNNING = "Herald is not running. ./herald up starts it.";

    /** The same, in the form of {@code status --json}. */
    static final String AS_JSON = """
            {"served":false,"components":[],"alerts":[],"problems":["%s"]}""".formatted(NOT_RUNNING);

    NotUp(boolean running) {
        super(running ? "Not everything is up. ./herald status says what is not." : NOT_RUNNING);
    }
}
