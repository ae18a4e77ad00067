package dev.herald.post.author;

import java.time.Instant;
import java.util.UUID;

/** An author in a list; {@code postCount} counts published posts. */
record AuthorView(UUID id, String name, long postCount, Instant registeredAt) {}
