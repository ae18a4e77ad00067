package dev.herald.notification.delivery;

import dev.herald.notification.notification.NotificationQueue;
import dev.herald.notification.notification.NotificationType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification that a sender has claimed.
 *
 * @param domain of the recipient, in lower case, with the {@code @}
 * @param dueSince when it became due, which orders the notifications of a domain
 * @param failures failed attempts since it was stored or resent
 * @param unanswered failed attempts without a reply to the end of the data
 * @param secret the token of the link, as JWE
 * @param version increases with every claim, so that a sender whose claim has expired stores no failure
 */
record DueNotification(
        UUID id,
        UUID eventId,
        Instant eventTime,
        NotificationType type,
        String recipient,
        String recipientName,
        String subject,
        String domain,
        Instant dueSince,
        int failures,
        int unanswered,
        @Nullable String traceparent,
        @Nullable String secret,
        @Nullable Instant secretExpiresAt,
        long version) {

    /** The context that {@link dev.herald.platform.observability.Traces} continues. */
    Map<String, String> trace() {
        return traceparent == null ? Map.of() : Map.of(NotificationQueue.TRACEPARENT, traceparent);
    }

    @Override
    public String toString() {
        return "DueNotification[id=" + id + ", type=" + type + "]";
    }
}
