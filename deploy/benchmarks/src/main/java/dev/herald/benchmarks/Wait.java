package dev.herald.benchmarks;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until the suite or another program meets a condition, and throws {@link BenchFailed} after the limit. */
final class Wait {

    private Wait() {}

    static void until(Callable<Boolean> condition, Duration poll, Duration limit, String message) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(poll)
                    .atMost(limit)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new BenchFailed(message);
        }
    }
}
