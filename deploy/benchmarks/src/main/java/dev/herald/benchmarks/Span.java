package dev.herald.benchmarks;

/** From a request to its answer, in nanoseconds on one clock. */
record Span(long begin, long end) {}
