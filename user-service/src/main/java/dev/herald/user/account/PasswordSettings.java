package dev.herald.user.account;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Argon2id's cost (RFC 9106), kept in each hash: a change holds for new ones and leaves the old ones valid.
 *
 * @param memory KiB for one hash
 * @param iterations passes over that memory
 * @param parallelism lanes
 * @param concurrency hashes at a time, 0 for one per core; more make each slower and none faster
 */
@Validated
@ConfigurationProperties("herald.password")
record PasswordSettings(
        @Min(1024) int memory,
        @Positive int iterations,
        @Positive int parallelism,
        @Min(0) int concurrency) {}
