package dev.herald.local.process;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.suite.BadUsage;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ParallelTest {

    @Test
    void waitsForAll() throws InterruptedException {
        ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
        CountDownLatch both = new CountDownLatch(2);

        Parallel.each(List.of("a", "b"), item -> {
            both.countDown();
            both.await();
            done.add(item);
        });

        assertThat(done).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void failsAsTheFirstFailsWithoutWaitingForTheOthers() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Parallel.run(() -> Polling.until(() -> false, ofMinutes(10)), () -> {
                    throw new BadUsage("no");
                }))
                .withMessage("no");
    }
}
