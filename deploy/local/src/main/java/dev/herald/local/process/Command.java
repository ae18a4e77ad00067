package dev.herald.local.process;

import java.io.IOException;
import java.util.List;

/** A short job of another program, such as creating an empty database, which is waited for. */
public final class Command {

    private Command() {}

    /** @throws IOException if it does not succeed; what it said is in the log */
    public static void run(LogFile log, List<String> command) throws IOException, InterruptedException {
        run(log, new ProcessBuilder(command));
    }

    public static void run(LogFile log, ProcessBuilder chore) throws IOException, InterruptedException {
        log.receive(chore);
        int exit = chore.start().waitFor();
        if (exit != 0) {
            throw new IOException(
                    "%s ended with exit code %d".formatted(chore.command().getFirst(), exit));
        }
    }
}
