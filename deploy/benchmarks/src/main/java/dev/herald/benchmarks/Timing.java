package dev.herald.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds and durations of a measurement.
 *
 * @param rounds an odd number, so that one round is the median
 * @param pause the pause before each phase
 * @param measured the duration of each phase after the warm-up
 */
record Timing(int rounds, Duration pause, Duration measured) {

    static final Duration WARM_UP = Duration.ofSeconds(10);

    /** For two minutes of load the gateway's JVM still compiles frequently executed code with C2. */
    static final Duration GATEWAY_WARM_UP = Duration.ofMinutes(2);

    static final Timing USUAL = new Timing(3, Duration.ofSeconds(2), Duration.ofSeconds(8));

    /**
     * The warm-up of each load, then the rounds. Every second round has the reverse order, so that no load always follows the same other
     * one.
     */
    List<Phase> phases(List<Load> loads, Duration warmUp) {
        List<Phase> phases = new ArrayList<>();
        loads.forEach(load -> phases.add(new Phase(load, 0, pause, warmUp)));
        for (int round = 1; round <= rounds; round++) {
            for (Load load : round % 2 == 1 ? loads : loads.reversed()) {
                phases.add(new Phase(load, round, pause, measured));
            }
        }
        return phases;
    }
}
