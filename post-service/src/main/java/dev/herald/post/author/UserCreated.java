package dev.herald.post.author;

import java.time.Instant;
import java.util.UUID;

/** What post-service reads of {@code user.created}. */
record UserCreated(UUID id, String name, String email, Instant createdAt, long version) {}
