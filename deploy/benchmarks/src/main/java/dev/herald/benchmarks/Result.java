package dev.herald.benchmarks;

import java.time.Duration;

/**
 * The result of a scenario.
 *
 * @param warmUp of each load
 * @param othersLoad of the processors before the scenario, 0 to 1
 */
record Result(String scenario, Duration warmUp, Outcome outcome, double othersLoad) {}
