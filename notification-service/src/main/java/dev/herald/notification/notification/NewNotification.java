package dev.herald.notification.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification to be stored.
 *
 * @param link null for an email without one
 * @param waits whether a welcome email waits for its link, or a verification email for the welcome email that takes its
 * link
 */
record NewNotification(
        NotificationType type,
        UUID userId,
        String recipient,
        String name,
        @Nullable Link link,
        boolean waits) {

    /** @param secret the link's token, as JWE */
    record Link(String secret, Instant expiresAt) {

        @Override
        public String toString() {
            return "Link[]";
        }
    }
}
