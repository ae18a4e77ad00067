package dev.herald.notification.notification;

import dev.herald.notification.UserEvents;
import dev.herald.platform.event.EventMetadata;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Stores notifications, as events of users do, for tests of their delivery. */
public final class StoredNotifications {

    private StoredNotifications() {}

    /** @return the event's id */
    public static UUID welcome(NotificationQueue queue, String address) {
        UUID user = UUID.randomUUID();
        EventMetadata event = UserEvents.event("user.created", user, Instant.now());
        queue.welcome(new UserEvent(user, "Ada", address, Optional.empty()), event);
        return event.id();
    }
}
