package dev.herald.notification.notification;

import java.util.Optional;
import java.util.UUID;

/** The fields of {@code user.created} and {@code user.password-changed} that notification-service reads. */
record UserEvent(UUID id, String name, String email, Optional<Boolean> emailVerified) {}
