package dev.herald.notification.notification;

import java.util.UUID;

record UserDeletedEvent(UUID id) {}
