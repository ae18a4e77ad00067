package dev.herald.notification.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification to be stored.
 *
 * @param link null for an email without one
 * @param awaitsLink whether the link follows
 * @param pause before the email becomes due
 */
record NewNotification(
        NotificationType type,
        UUID userId,
        String recipient,
        String name,
        @Nullable Link link,
        boolean awaitsLink,
        Duration pause) {

    /** @param secret the link's token, as JWE */
    record Link(String secret, Instant expiresAt) {

        @Override
        public String toString() {
            return "Link[]";
        }
    }
}
