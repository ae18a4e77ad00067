package dev.herald.benchmarks;

/** A scenario cannot be measured; the message is the sentence that the user reads. */
final class BenchFailed extends RuntimeException {

    BenchFailed(String sentence) {
        super(sentence);
    }
}
