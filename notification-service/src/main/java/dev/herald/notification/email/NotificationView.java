package dev.herald.notification.email;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email in a list.
 *
 * @param type the name of its template
 * @param attempts how often it has been handed to SMTP
 * @param sentAt when SMTP accepted it
 */
record NotificationView(
        UUID id,
        String type,
        String recipient,
        String subject,
        Email.Status status,
        int attempts,
        Instant createdAt,
        @Nullable Instant sentAt) {}
