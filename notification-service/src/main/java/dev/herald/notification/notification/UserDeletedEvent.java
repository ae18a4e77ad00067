package dev.herald.notification.notification;

import java.util.UUID;

public record UserDeletedEvent(UUID id) {}
