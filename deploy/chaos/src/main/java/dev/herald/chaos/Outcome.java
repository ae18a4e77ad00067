package dev.herald.chaos;

/** The result of a write, as far as the client knows. */
sealed interface Outcome {

    /**
     * The answer says that the write is stored.
     *
     * @param version {@link #NO_VERSION} for a deletion
     * @param late whether an earlier attempt had no answer, and may still be running
     */
    record Acknowledged(String id, long version, boolean late) implements Outcome {

        Acknowledged(String id, long version) {
            this(id, version, false);
        }
    }

    /** The write is not stored. */
    record Refused(String reason) implements Outcome {}

    /** There was no connection, so the write is not stored; a repetition may be. */
    record Undelivered() implements Outcome {}

    /** The write may be stored, now or later: there was no answer, or a server error. */
    record Unknown(String reason) implements Outcome {}

    long NO_VERSION = -1;

    default boolean isFinal() {
        return this instanceof Acknowledged || this instanceof Refused;
    }

    /** The outcome after a repetition: if the repetition is refused, the first attempt stays unknown. */
    default Outcome then(Outcome repetition) {
        if (this instanceof Unknown) {
            return repetition instanceof Acknowledged stored
                    ? new Acknowledged(stored.id(), stored.version(), true)
                    : this;
        }
        return repetition;
    }
}
