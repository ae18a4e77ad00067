package dev.herald.benchmarks;

/**
 * A scenario that was measured.
 *
 * @param othersLoad the part of the processors, 0 to 1, that was busy before it began, with whatever else runs on this machine
 */
record Result(String scenario, Outcome outcome, double othersLoad) {}
