package dev.herald.benchmarks;

import java.util.List;

/**
 * What a scenario has found.
 *
 * @param measured what was measured side by side
 * @param ratios what of it is held against an aim
 */
record Outcome(List<Measured> measured, List<Ratio> ratios) {}
