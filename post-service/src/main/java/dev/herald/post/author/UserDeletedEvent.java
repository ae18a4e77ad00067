package dev.herald.post.author;

import java.util.UUID;

/** What post-service reads of {@code user.deleted}; no version, because no event of the user follows. */
record UserDeletedEvent(UUID id) {}
