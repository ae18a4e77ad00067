package dev.herald.benchmarks;

import java.time.Duration;

/** A question about the running suite that load can answer. {@link Scenarios} lists them all. */
interface Scenario {

    /** What the command line calls it. */
    String name();

    /** How long each side is at work before it is measured. */
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
