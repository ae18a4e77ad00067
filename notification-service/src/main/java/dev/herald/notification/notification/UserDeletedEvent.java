package dev.herald.notification.email;

import java.util.UUID;

/** What notification-service reads of {@code user.deleted}. */
record UserDeleted(UUID id) {}
