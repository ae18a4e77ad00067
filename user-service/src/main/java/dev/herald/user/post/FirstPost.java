package dev.herald.user.post;

import java.util.UUID;

/** A post that was given at registration. {@code user.created} contains it, and post-service creates it with this id. */
public record FirstPost(UUID id, String title, String content, boolean published) {}
