package dev.herald.local;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What can be said to a process from outside; the JDK itself knows only TERM and KILL. */
enum Signal {
    TERM,
    INT,
    KILL,
    STOP,
    CONT;

    /** Sends it; a process that is gone already is none of our business. */
    void sendTo(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-s", name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
