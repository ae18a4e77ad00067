package dev.herald.benchmarks;

final class BadUsage extends RuntimeException {

    BadUsage(String sentence) {
        super(sentence);
    }
}
