package dev.herald.notification.delivery;

import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.notification.notification.NotificationType;
import dev.herald.notification.smtp.DeliveryFailure;
import dev.herald.notification.smtp.DeliveryFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private final RetryPolicy policy = new RetryPolicy(
            10,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            List.of(ofHours(1), ofHours(4)),
            RandomGenerator.getDefault());

    @Test
    void doublesThePauseUpToItsLimit() {
        for (int failures = 0; failures < 9; failures++) {
            long expected = Math.min(1_000L << failures, 60_000);
            assertThat(policy.pauseAfter(failure(Kind.DEFERRED), email(failures, 0)))
                    .hasValueSatisfying(
                            pause -> assertThat(pause.toMillis()).isBetween(expected * 8 / 10, expected * 12 / 10));
        }
    }

    @Test
    void spreadsWhatFailedTogetherOverTheWholeJitter() {
        List<Long> pauses = Stream.generate(() -> policy.pauseAfter(failure(Kind.DEFERRED), email(0, 0))
                        .orElseThrow()
                        .toMillis())
                .limit(1_000)
                .toList();

        assertThat(pauses).anyMatch(pause -> pause < 850).anyMatch(pause -> pause > 1_150);
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        assertThat(policy.pauseAfter(failure(Kind.DEFERRED), email(9, 0))).isEmpty();
    }

    @Test
    void givesUpWhatIsRefused() {
        assertThat(policy.pauseAfter(failure(Kind.REFUSED), email(0, 0))).isEmpty();
    }

    @Test
    void waitsForHoursAfterEachAttemptWithoutAnAnswer() {
        assertThat(policy.pauseAfter(failure(Kind.UNANSWERED), email(7, 0))).hasValue(ofHours(1));
        assertThat(policy.pauseAfter(failure(Kind.UNANSWERED), email(8, 1))).hasValue(ofHours(4));
        assertThat(policy.pauseAfter(failure(Kind.UNANSWERED), email(9, 2))).isEmpty();
    }

    private static DeliveryFailure failure(Kind kind) {
        return DeliveryFailure.beforeSending(kind, new IllegalStateException("failed"));
    }

    private static DueNotification email(int failures, int unanswered) {
        return new DueNotification(
                UUID.randomUUID(),
                UUID.randomUUID(),
                Instant.EPOCH,
                NotificationType.WELCOME,
                "ada@example.com",
                "Ada",
                "subject",
                "@example.com",
                Instant.EPOCH,
                failures,
                unanswered,
                null,
                null,
                null,
                0);
    }
}
