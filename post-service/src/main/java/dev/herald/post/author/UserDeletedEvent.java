package dev.herald.post.author;

import java.util.UUID;

/** The field of {@code user.deleted} that post-service reads: no version, because no event of the user follows. */
record UserDeletedEvent(UUID id) {}
