package dev.herald.local.process;

/** The launcher cannot do what it was asked; the message is the sentence that the user reads. */
public abstract class Failure extends RuntimeException {

    public Failure(String sentence) {
        super(sentence);
    }

    public int exitCode() {
        return 1;
    }
}
