package dev.herald.local.suite;

import java.util.Locale;

public enum State {
    UP,
    STARTING,

    /** Its process runs, but does not answer: it is paused or overloaded. */
    SILENT,

    /** It answers that it is not ready. */
    UNREADY,
    STOPPED,
    CRASHED,
    EXTERNAL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
