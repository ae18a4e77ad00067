package dev.herald.notification.notification;

import java.util.UUID;

/** What notification-service reads of {@code user.deleted}. */
public record UserDeletedEvent(UUID id) {}
