package dev.herald.notification.email;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An email as its readers see it.
 *
 * @param type the name of its template
 * @param attempts how often it was tried to hand it to SMTP, before and after it was resent
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
        @Nullable Instant sentAt) {

    static NotificationView of(Email email) {
        return new NotificationView(
                email.id(),
                email.type().template(),
                email.recipient(),
                email.subject(),
                email.status(),
                email.attempts(),
                email.createdAt(),
                email.sentAt());
    }
}
