package dev.herald.notification.notification;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * @param type the name of the template
 * @param attempts to hand the email to SMTP, including those before a resend
 * @param sentAt when SMTP accepted it
 */
@Schema(name = "Notification")
record NotificationView(
        UUID id,
        @Schema(example = "welcome") String type,
        @Schema(example = "ada@example.com") String recipient,
        @Schema(example = "Welcome to Herald") String subject,
        NotificationStatus status,
        @Schema(example = "1") int attempts,
        Instant createdAt,
        @Nullable Instant sentAt) {}
