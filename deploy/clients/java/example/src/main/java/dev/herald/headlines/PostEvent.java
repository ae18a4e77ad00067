package dev.herald.headlines;

import java.util.UUID;

/** The fields that are read; the event has more. */
record PostEvent(UUID id, UUID authorId, String title, boolean published) {}
