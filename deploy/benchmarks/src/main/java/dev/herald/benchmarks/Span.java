package dev.herald.benchmarks;

/** The time of a request and of its answer in nanoseconds. */
record Span(long begin, long end) {}
