package dev.herald.local.suite;

import dev.herald.local.process.Failure;

/** The suite does not run, or is not completely up, and the command needs it. */
public final class NotUp extends Failure {

    public static final String NOT_RUNNING = "Herald is not running. ./herald up starts it.";

    /** The output of {@code status --json} while the suite does not run. */
    public static final String AS_JSON = """
            {"served":false,"components":[],"alerts":[],"problems":["%s"]}""".formatted(NOT_RUNNING);

    public NotUp(boolean running) {
        super(running ? "Not everything is up. ./herald status says what is not." : NOT_RUNNING);
    }
}
