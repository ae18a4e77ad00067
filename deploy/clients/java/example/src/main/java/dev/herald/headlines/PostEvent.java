package dev.herald.headlines;

import java.util.UUID;

/** The fields of the event that this service reads. */
record PostEvent(UUID id, UUID authorId, String title, boolean published) {}
