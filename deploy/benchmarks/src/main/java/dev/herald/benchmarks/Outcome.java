package dev.herald.benchmarks;

import java.util.List;

/**
 * The result of a scenario.
 *
 * @param ratios with their aims
 */
record Outcome(List<Measured> measured, List<Ratio> ratios) {}
