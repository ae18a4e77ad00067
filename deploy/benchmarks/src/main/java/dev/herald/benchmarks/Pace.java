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
record Pace(int rounds, Duration pause, Duration measured) {

    static final Duration WARM_UP = Duration.ofSeconds(10);

    /** In the first two minutes of load the gateway's JVM compiles what is hot a second time, and better. */
    static final Duration GATEWAY_WARM_UP = Duration.ofMinutes(2);

    static final Pace USUAL = new Pace(3, Duration.ofSeconds(2), Duration.ofSeconds(8));

    /** Warm-ups, then rounds in which every side has its turn, every other one backwards: no side always follows the same other. */
    List<Phase> phases(List<Side> sides, Duration warmUp) {
        List<Phase> phases = new ArrayList<>();
        sides.forEach(side -> phases.add(new Phase(side, 0, pause, warmUp)));
        for (int round = 1; round <= rounds; round++) {
            for (Side side : round % 2 == 1 ? sides : sides.reversed()) {
                phases.add(new Phase(side, round, pause, measured));
            }
        }
        return phases;
    }
}
