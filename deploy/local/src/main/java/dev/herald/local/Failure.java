package dev.herald.local;

/** The launcher cannot do what it was asked; the message is the sentence that the user reads. */
abstract class Failure extends RuntimeException {

    Failure(String sentence) {
        super(sentence);
    }

    int exitCode() {
        return 1;
    }
}
