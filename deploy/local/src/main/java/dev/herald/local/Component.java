package dev.herald.local;

import java.io.IOException;
import java.util.Map;

/** One part of the suite, in a process of its own. */
interface Component {

    String name();

    /** The ports that it listens on, with their numbers. */
    Map<Port, Integer> ports();

    /** Makes what the process needs and does not find yet, such as an empty database. */
    void prepare() throws IOException, InterruptedException;

    /** How the process is run. */
    ProcessBuilder process() throws IOException;

    /** How to tell that it does its work. */
    Probe probe();

    /** What asks it to end in good order. */
    default Signal farewell() {
        return Signal.TERM;
    }
}
