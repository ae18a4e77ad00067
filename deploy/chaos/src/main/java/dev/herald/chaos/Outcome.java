package dev.herald.chaos;

/** The outcome of a write, as far as the client knows it. */
sealed interface Outcome {

    /**
     * The answer says that the write is stored.
     *
     * @param version {@link #NO_VERSION} for a deletion
     * @param late whether an earlier attempt had an unknown outcome, and may still be stored
     */
    record Acknowledged(String id, long version, boolean late) implements Outcome {

        Acknowledged(String id, long version) {
            this(id, version, false);
        }
    }

    /** The write is not stored. */
    record Refused(String reason) implements Outcome {}

    /** There was no connection, so the write is not stored. A repetition may succeed. */
    record Undelivered() implements Outcome {}

    /** There was no answer, or a server error: the write may be stored, now or later. */
    record Unknown(String reason) implements Outcome {}

    long NO_VERSION = -1;

    default boolean isFinal() {
        return this instanceof Acknowledged || this instanceof Refused;
    }

    /**
     * The outcome after a repetition: that of the repetition, but an unknown outcome stays unknown unless the repetition is acknowledged.
     */
    default Outcome then(Outcome repetition) {
        if (this instanceof Unknown) {
            return repetition instanceof Acknowledged stored
                    ? new Acknowledged(stored.id(), stored.version(), true)
                    : this;
        }
        return repetition;
    }
}
