package dev.herald.notification.delivery;

import dev.herald.notification.smtp.DeliveryFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When an email that was not accepted is tried again.
 *
 * <pre>
 * what failed                                         next attempt
 * before a recipient was named (mail server)          as soon as the server works again; not counted
 * permanent refusal, or a link that has expired       none
 * deferred, or no answer before the end of the data   exponential back-off, up to {@code attempts}
 * no answer to the end of the data                    {@code unansweredPauses}: SMTP may have delivered it, so there are few attempts, far apart
 * </pre>
 */
record RetryPolicy(
        int attempts, Duration backOff, Duration maxBackOff, List<Duration> unansweredPauses, RandomGenerator random) {

    private static final double JITTER = 0.2;

    Optional<Duration> pauseAfter(DeliveryFailure failure, DueNotification email) {
        return switch (failure.kind()) {
            case SERVER_UNAVAILABLE -> Optional.of(Duration.ZERO);
            case REFUSED, NOT_SENDABLE -> Optional.empty();
            case DEFERRED -> backOff(email.failures() + 1);
            case UNANSWERED ->
                unansweredPauses.stream().skip(email.unanswered()).findFirst();
        };
    }

    /** Exponential, with jitter, so that emails which failed together are not retried together. */
    private Optional<Duration> backOff(int failures) {
        if (failures >= attempts) {
            return Optional.empty();
        }
        double doubled = (double) backOff.toMillis() * Math.pow(2, failures - 1);
        double capped = Math.min(doubled, (double) maxBackOff.toMillis());
        return Optional.of(Duration.ofMillis(Math.round(capped * random.nextDouble(1 - JITTER, 1 + JITTER))));
    }
}
