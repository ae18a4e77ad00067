package dev.herald.user.password;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The cost of Argon2id (RFC 9106). Each hash contains the cost that it was made with, so old hashes stay valid after a
 * change.
 *
 * @param memory KiB of one hash
 * @param iterations passes over that memory
 * @param parallelism lanes
 * @param concurrency hashes at a time; 0 means one for each core
 * @param queue the most requests that wait for a hash; further ones are refused
 */
@Validated
@ConfigurationProperties("herald.password")
record PasswordSettings(
        @Min(1024) int memory,
        @Positive int iterations,
        @Positive int parallelism,
        @Min(0) int concurrency,
        @Min(0) int queue) {

    int hashesAtATime() {
        return concurrency > 0 ? concurrency : Runtime.getRuntime().availableProcessors();
    }
}
