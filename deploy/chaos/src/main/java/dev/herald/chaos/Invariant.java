package dev.herald.chaos;

/** The invariants, each with the name of its violations. After the run every invariant must have no violation. */
enum Invariant {
    WRITES_LOST("acknowledged writes lost"),
    EVENTS_LOST("events lost"),
    EVENTS_WITHOUT_WRITE("events without a write"),
    EVENTS_OUT_OF_ORDER("events out of order"),
    EVENTS_SET_ASIDE("events set aside"),
    READ_MODEL("read-model differences"),
    EMAILS_LOST("emails lost"),
    EMAILS_DOUBLED("emails doubled"),
    UNFINISHED("unfinished at the end");

    private final String text;

    Invariant(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
