package dev.herald.notification.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * The fields of {@code user.email-requested} that notification-service reads.
 *
 * @param version of the user; 0 until the first change
 */
record EmailRequestedEvent(
        UUID id, UUID userId, String name, String email, String kind, String secret, Instant expiresAt, long version) {

    @Override
    public String toString() {
        return "EmailRequestedEvent[id=" + id + "]";
    }
}
