package dev.herald.benchmarks;

import java.time.Duration;

/**
 * A scenario that was measured.
 *
 * @param warmUp before each side was measured
 * @param othersLoad the part of the processors, 0 to 1, that was busy before it began, with whatever else runs on this machine
 */
record Result(String scenario, Duration warmUp, Outcome outcome, double othersLoad) {}
