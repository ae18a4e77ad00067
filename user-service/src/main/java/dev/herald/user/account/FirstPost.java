package dev.herald.user.account;

import java.util.UUID;

/** A post given at registration, as {@code user.created} carries it; post-service creates it under this id. */
record FirstPost(UUID id, String title, String content, boolean published) {}
