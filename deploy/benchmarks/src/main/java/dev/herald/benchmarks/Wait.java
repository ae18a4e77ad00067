package dev.herald.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for what the suite, or a program beside it, does. */
final class Wait {

    private Wait() {}

    /**
     * Returns when something holds.
     *
     * @param look how often it is looked at
     * @throws BenchFailed with that word if it does not hold within the limit
     */
    static void until(Callable<Boolean> holds, Duration look, Duration limit, String otherwise) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(look)
                    .atMost(limit)
                    .until(holds);
        } catch (ConditionTimeoutException e) {
            throw new BenchFailed(otherwise);
        }
    }
}
