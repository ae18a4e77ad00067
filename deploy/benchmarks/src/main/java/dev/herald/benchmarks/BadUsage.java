package dev.herald.benchmarks;

/** The command line is invalid. */
final class BadUsage extends RuntimeException {

    BadUsage(String sentence) {
        super(sentence);
    }
}
