package dev.herald.local.process;

import java.io.IOException;
import java.util.List;

/** Runs another program and waits for its end. */
public final class Command {

    private Command() {}

    /** @throws IOException if it fails; its output is in the log */
    public static void run(LogFile log, List<String> command) throws IOException, InterruptedException {
        run(log, new ProcessBuilder(command));
    }

    public static void run(LogFile log, ProcessBuilder command) throws IOException, InterruptedException {
        log.receive(command);
        int exit = command.start().waitFor();
        if (exit != 0) {
            throw new IOException(
                    "%s ended with exit code %d".formatted(command.command().getFirst(), exit));
        }
    }
}
