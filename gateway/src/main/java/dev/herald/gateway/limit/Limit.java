package dev.herald.gateway.limit;

import io.github.bucket4j.BucketConfiguration;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * A token bucket.
 *
 * @param rate tokens that return each second
 * @param burst the most tokens
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
