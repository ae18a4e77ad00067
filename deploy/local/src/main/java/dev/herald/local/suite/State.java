package dev.herald.local.suite;

import java.util.Locale;

public enum State {
    UP,
    STARTING,

    /** The process runs, but does not answer: it is frozen or overloaded. */
    SILENT,

    /** The component answers that it is not ready. */
    UNREADY,
    STOPPED,
    CRASHED,
    EXTERNAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
