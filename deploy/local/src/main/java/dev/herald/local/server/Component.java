package dev.herald.local.server;

import dev.herald.local.process.Signal;
import dev.herald.local.settings.PortUser;
import java.io.IOException;

/** One part of the suite, in a process of its own. */
public interface Component extends PortUser {

    /** Makes what the process needs and does not find yet, such as an empty database. */
    void prepare() throws IOException, InterruptedException;

    /** How the process is run. */
    ProcessBuilder process() throws IOException;

    /** How to tell that it does its work. */
    Probe probe();

    /** What asks it to end in good order. */
    default Signal stopSignal() {
        return Signal.TERM;
    }
}
