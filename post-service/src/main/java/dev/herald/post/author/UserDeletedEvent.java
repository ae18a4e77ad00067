package dev.herald.post.author;

import java.util.UUID;

/** What post-service reads of {@code user.deleted}: whatever the version, nothing comes after it. */
record UserDeleted(UUID id) {}
