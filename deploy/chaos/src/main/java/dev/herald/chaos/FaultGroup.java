package dev.herald.chaos;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;

/**
 * Faults that are injected together.
 *
 * @param duration the time from the last injection to the first repair
 * @param pause the time from the last repair to the next group
 */
record FaultGroup(List<Fault> faults, Duration duration, Duration pause) {

    /** Injects the faults, and returns when all are repaired. */
    void inject(SuiteUnderTest suite) throws InterruptedException {
        for (Fault fault : faults) {
            fault.begin(suite);
        }
        Thread.sleep(duration);
        for (Fault fault : faults) {
            fault.end(suite);
        }
        suite.start(faults.stream().filter(Fault::needsStart).map(Fault::target).toList());
    }

    @Override
    public String toString() {
        return "%s, for %.1f s"
                .formatted(faults.stream().map(Fault::toString).collect(joining(", ")), duration.toMillis() / 1000.0);
    }
}
