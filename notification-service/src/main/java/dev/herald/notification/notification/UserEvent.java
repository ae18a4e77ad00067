package dev.herald.notification.email;

import java.util.UUID;

/** What notification-service reads of {@code user.created} and {@code user.password-changed}. */
record User(UUID id, String name, String email) {}
