package dev.herald.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final RetryPolicy policy =
            new RetryPolicy(10, Duration.ofSeconds(1), Duration.ofMinutes(1), RandomGenerator.getDefault());

    @Test
    void doublesThePauseUpToItsLimit() {
        for (int failures = 1; failures < 10; failures++) {
            long expected = Math.min(1_000L << (failures - 1), 60_000);
            assertThat(policy.pauseAfter(failures))
                    .hasValueSatisfying(
                            pause -> assertThat(pause.toMillis()).isBetween(expected * 8 / 10, expected * 12 / 10));
        }
    }

    @Test
    void spreadsWhatFailedTogetherOverTheWholeJitter() {
        List<Long> pauses = Stream.generate(
                        () -> policy.pauseAfter(1).orElseThrow().toMillis())
                .limit(1_000)
                .toList();

        assertThat(pauses).anyMatch(pause -> pause < 850).anyMatch(pause -> pause > 1_150);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        assertThat(policy.pauseAfter(10)).isEmpty();
    }
}
