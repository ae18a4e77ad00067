package dev.herald.notification.email;

import io.swagger.v3.oas.annotations.media.Schema;
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
@Schema(name = "Notification")
record NotificationView(
        UUID id,
        @Schema(example = "welcome") String type,
        @Schema(example = "ada@example.com") String recipient,
        @Schema(example = "Welcome to Herald") String subject,
        Email.Status status,
        @Schema(example = "1") int attempts,
        Instant createdAt,
        @Nullable Instant sentAt) {}
