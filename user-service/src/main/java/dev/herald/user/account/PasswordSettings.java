package dev.herald.user.account;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Argon2id's cost (RFC 9106), kept in each hash: a change holds for new ones and leaves the old ones valid.
 *
 * @param memory KiB for one hash
 * @param iterations passes over that memory
 * @param parallelism lanes
 * @param concurrency hashes at a time, 0 for one per core; more make each slower and none faster
 */
@ConfigurationProperties("herald.password")
record PasswordSettings(int memory, int iterations, int parallelism, int concurrency) {}
