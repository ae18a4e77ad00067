package dev.herald.chaos;

/** What a client knows about its write. */
sealed interface Outcome {

    /**
     * It is stored, the answer said.
     *
     * @param version of what was written; a deletion's answer tells none: {@link #NO_VERSION}
     * @param late whether an earlier request with the same content went unanswered, and may still be at work
     */
    record Acknowledged(String id, long version, boolean late) implements Outcome {

        Acknowledged(String id, long version) {
            this(id, version, false);
        }
    }

    /** It is not, and never will be. */
    record Refused(String reason) implements Outcome {}

    /** Nobody was there to take it, so that it is not stored either, but may be if it is repeated. */
    record Undelivered() implements Outcome {}

    /** It may be stored, now or in a moment: no answer, or one that blames the suite. */
    record Unknown(String reason) implements Outcome {}

    long NO_VERSION = -1;

    default boolean isFinal() {
        return this instanceof Acknowledged || this instanceof Refused;
    }

    /** What is known when the write was repeated: a refusal says nothing about the first one. */
    default Outcome then(Outcome repetition) {
        if (this instanceof Unknown) {
            return repetition instanceof Acknowledged stored
                    ? new Acknowledged(stored.id(), stored.version(), true)
                    : this;
        }
        return repetition;
    }
}
