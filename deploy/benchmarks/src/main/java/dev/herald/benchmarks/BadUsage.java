package dev.herald.benchmarks;

/** The command line says something that is not understood. */
final class BadUsage extends RuntimeException {

    BadUsage(String sentence) {
        super(sentence);
    }
}
