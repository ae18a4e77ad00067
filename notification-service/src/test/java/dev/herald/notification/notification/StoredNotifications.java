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
    public static UUID welcome(WelcomeEmails emails, String address) {
        return welcome(emails, UUID.randomUUID(), address, Optional.empty());
    }

    /** A welcome email that waits for its link. */
    public static UUID waiting(WelcomeEmails emails, UUID user) {
        return welcome(emails, user, UserEvents.address(user), Optional.of(false));
    }

    private static UUID welcome(WelcomeEmails emails, UUID user, String address, Optional<Boolean> verified) {
        EventMetadata event = UserEvents.event("user.created", user, Instant.now());
        emails.welcome(new UserEvent(user, "Ada", address, verified), event);
        return event.id();
    }
}
