package dev.herald.client;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Lists and resends emails. A method throws {@link HeraldProblem} if Herald answers with a problem document. */
@HttpExchange("/api/notifications")
public interface NotificationClient {

    /** @param status {@code PENDING}, {@code SENT} or {@code FAILED}; a later release may add others */
    record Notification(
            UUID id,
            String type,
            String recipient,
            String subject,
            String status,
            int attempts,
            Instant createdAt,
            Optional<Instant> sentAt) {}

    /** @param userId the recipient; only an ADMIN may pass it or the status, and other users get their own emails */
    @GetExchange
    Page<Notification> list(
            @RequestParam(required = false) @Nullable UUID userId,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor);

    @PostExchange("/{id}/resend")
    Notification resend(@PathVariable UUID id);
}
