package dev.herald.notification.email;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Exponential back-off with jitter, so that emails which failed together do not come back together. */
record RetryPolicy(int attempts, Duration backOff, Duration maxBackOff, RandomGenerator random) {

    private static final double JITTER = 0.2;

    /** The pause after the given number of failed attempts; empty when they were enough. */
    Optional<Duration> pauseAfter(int failures) {
        if (failures >= attempts) {
            return Optional.empty();
        }
        double doubled = (double) backOff.toMillis() * Math.pow(2, failures - 1);
        double capped = Math.min(doubled, (double) maxBackOff.toMillis());
        return Optional.of(Duration.ofMillis(Math.round(capped * random.nextDouble(1 - JITTER, 1 + JITTER))));
    }
}
