package dev.herald.benchmarks;

import java.time.Duration;

/**
 * A period in which one load runs alone.
 *
 * @param pause the time before it, in which remaining work of the previous phase is done
 * @param round 0 for the warm-up, which is not measured
 */
record Phase(Load load, int round, Duration pause, Duration duration, Recorder recorder) {

    Phase(Load load, int round, Duration pause, Duration duration) {
        this(load, round, pause, duration, new Recorder());
    }

    boolean isWarmUp() {
        return round == 0;
    }

    /** Unique within a scenario. */
    String title() {
        return "%s, %s".formatted(load.name(), isWarmUp() ? "warm-up" : "round " + round);
    }

    /** The name of the requests in the charts, which show all rounds of a load together. */
    String requestTitle() {
        return isWarmUp() ? title() : load.name();
    }
}
