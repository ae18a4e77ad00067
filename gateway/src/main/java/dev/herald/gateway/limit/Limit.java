package dev.herald.gateway.limit;

import io.github.bucket4j.BucketConfiguration;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * A token bucket.
 *
 * @param rate how many requests a second come back
 * @param burst how many there are at most
 */
record Limit(@Positive int rate, @Positive int burst) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    long window() {
        return Math.ceilDiv(burst, rate);
    }

    BucketConfiguration bucket() {
        return BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, SECOND))
                .build();
    }
}
