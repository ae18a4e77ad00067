package dev.herald.local.process;

/** A command fails; the message is shown to the user. */
public class Failure extends RuntimeException {

    public Failure(String sentence) {
        super(sentence);
    }

    public int exitCode() {
        return 1;
    }
}
