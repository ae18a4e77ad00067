package dev.herald.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long is measured.
 *
 * @param rounds odd, so that one of them is the median
 * @param pause before each side's turn
 * @param measured one side's part of a round
 */
record Timing(int rounds, Duration pause, Duration measured) {

    static final Duration WARM_UP = Duration.ofSeconds(10);

    /** In the first two minutes of load the gateway's JVM compiles what is hot a second time, and better. */
    static final Duration GATEWAY_WARM_UP = Duration.ofMinutes(2);

    static final Timing USUAL = new Timing(3, Duration.ofSeconds(2), Duration.ofSeconds(8));

    /** Warm-ups, then rounds in which every side has its turn, every other one backwards: no side always follows the same other. */
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
