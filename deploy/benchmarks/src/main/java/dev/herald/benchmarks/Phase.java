package dev.herald.benchmarks;

import java.time.Duration;

/**
 * A stretch of time in which one side is alone with the suite.
 *
 * @param pause before it, for what the phase before it has left to do
 * @param round 0 for the warm-up, which is not measured
 */
record Phase(Load load, int round, Duration pause, Duration duration, Recorder recorder) {

    Phase(Load load, int round, Duration pause, Duration duration) {
        this(load, round, pause, duration, new Recorder());
    }

    boolean isWarmUp() {
        return round == 0;
    }

    /** No other phase of a trial has it. */
    String title() {
        return "%s, %s".formatted(load.name(), isWarmUp() ? "warm-up" : "round " + round);
    }

    /** What the charts call its requests: the rounds of one side are drawn together. */
    String requestTitle() {
        return isWarmUp() ? title() : load.name();
    }
}
