package dev.herald.post.author;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The fields of {@code user.created}, {@code user.updated} and {@code user.password-changed} that post-service reads.
 *
 * @param posts given at registration; present in {@code user.created} only
 */
record UserEvent(
        UUID id,
        String name,
        String email,
        Instant createdAt,
        long version,
        Optional<List<AuthorRegistered.FirstPost>> posts) {}
