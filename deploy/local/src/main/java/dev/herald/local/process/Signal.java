package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What can be said to a process from outside; the JDK itself knows only TERM and KILL. */
public enum Signal {
    TERM,
    INT,
    KILL,
    STOP,
    CONT;

    /** Sends it; a process that is gone already is none of our business. */
    public void sendTo(ProcessHandle process) {
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
