package dev.herald.notification.email;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email that a sender has claimed.
 *
 * @param domain the recipient's, in lower case, with the {@code @}
 * @param dueSince its place in the order of its domain
 * @param failures failed attempts since it was stored or resent
 * @param unanswered those of them in which SMTP took the message and did not answer
 * @param version changes with every claim, so that a sender which lost its claim records nothing
 */
record DueEmail(
        UUID id,
        UUID eventId,
        Instant eventTime,
        EmailType type,
        String recipient,
        String recipientName,
        String subject,
        String domain,
        Instant dueSince,
        int failures,
        int unanswered,
        @Nullable String traceparent,
        long version) {

    static final String TRACEPARENT = "traceparent";

    /** The context that {@link dev.herald.platform.observability.Traces} continues. */
    Map<String, String> trace() {
        return traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent);
    }

    @Override
    public String toString() {
        return "DueEmail[id=" + id + ", type=" + type + "]";
    }
}
