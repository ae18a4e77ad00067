package dev.herald.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits for the suite or another program. */
final class Wait {

    private Wait() {}

    /**
     * @param look the poll interval
     * @throws BenchFailed with this message after the limit
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
