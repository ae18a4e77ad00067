package dev.herald.benchmarks;

/**
 * A scenario that was measured.
 *
 * @param othersLoad the part of the processors that was taken when it began, by whatever else runs on this machine
 */
record Result(String scenario, Outcome outcome, double othersLoad) {}
