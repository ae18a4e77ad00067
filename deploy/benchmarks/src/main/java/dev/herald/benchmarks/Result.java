package dev.herald.benchmarks;

import java.time.Duration;

/**
 * The result of a scenario.
 *
 * @param warmUp the warm-up time of each load
 * @param othersLoad the processor load by other programs before the scenario, 0 to 1
 */
record Result(String scenario, Duration warmUp, Outcome outcome, double othersLoad) {}
