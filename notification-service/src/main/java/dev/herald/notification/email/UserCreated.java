package dev.herald.notification.email;

import java.util.UUID;

/** What notification-service reads of {@code user.created}. */
record UserCreated(UUID id, String name, String email) {}
