package dev.herald.local.server;

import dev.herald.local.process.Signal;
import dev.herald.local.settings.PortUser;
import java.io.IOException;

/** A part of the suite that runs in its own process. */
public interface Component extends PortUser {

    /** Creates what the process needs, such as an empty database. */
    void prepare() throws IOException, InterruptedException;

    ProcessBuilder process() throws IOException;

    Probe probe();

    /** The signal that stops the process regularly. */
    default Signal stopSignal() {
        return Signal.TERM;
    }
}
