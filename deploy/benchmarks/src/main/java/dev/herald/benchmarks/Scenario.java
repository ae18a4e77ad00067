package dev.herald.benchmarks;

import java.time.Duration;

/** A measurement of the running suite. {@link Scenarios} lists all. */
interface Scenario {

    /** The scenario's name on the command line. */
    String name();

    /** How long each load runs before it is measured. */
    default Duration warmUp() {
        return Timing.WARM_UP;
    }

    /**
     * Prepares what it needs, measures, and leaves the suite as it was.
     *
     * @throws BenchFailed if it cannot be measured
     */
    Outcome run(Bench bench) throws Exception;
}
