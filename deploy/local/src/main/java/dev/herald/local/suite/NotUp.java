package dev.herald.local.suite;

import dev.herald.local.process.Failure;

/** A command needs a running suite. */
public final class NotUp extends Failure {

    public static final String NOT_RUNNING = "Herald is not running. ./herald up starts it.";

    /** The output of {@code status --json}. */
    public static final String AS_JSON = """
            {"served":false,"components":[],"alerts":[],"problems":["%s"]}""".formatted(NOT_RUNNING);

    public NotUp(boolean running) {
        super(running ? "Not everything is up. ./herald status says what is not." : NOT_RUNNING);
    }
}
