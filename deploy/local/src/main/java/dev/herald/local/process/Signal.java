package dev.herald.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The POSIX signals that the launcher sends with {@code kill}, because the JDK can send only TERM and KILL. */
public enum Signal {
    TERM,
    INT,
    KILL,
    STOP,
    CONT;

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
