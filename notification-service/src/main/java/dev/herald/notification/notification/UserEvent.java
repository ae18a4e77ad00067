package dev.herald.notification.notification;

import java.util.Optional;
import java.util.UUID;

/** What notification-service reads of {@code user.created} and {@code user.password-changed}. */
record UserEvent(UUID id, String name, String email, Optional<Boolean> emailVerified) {}
