package dev.herald.benchmarks;

/** A scenario cannot be measured; the message is shown to the user. */
final class BenchFailed extends RuntimeException {

    BenchFailed(String sentence) {
        super(sentence);
    }
}
