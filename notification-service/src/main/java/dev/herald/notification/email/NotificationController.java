package dev.herald.notification.email;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import dev.herald.platform.security.Caller;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotificationController {

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    /** One's own; an administrator may ask for somebody else's, or for everybody's in one status. */
    @GetMapping("/api/notifications")
    ResponseEntity<Page<NotificationView>> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable UUID userId,
            @RequestParam(required = false) Email.@Nullable Status status,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (userId != null) {
            caller.requireSelfOrAdmin(userId);
        }
        if (status != null) {
            caller.requireAdmin();
        }
        UUID whose = userId == null && status == null ? caller.id() : userId;
        Cursor after = cursor == null ? null : Cursor.decode(cursor, Notifications.SORT_COLUMNS);
        return Page.of(
                        notifications.newestFirst(whose, status, after, limit + 1),
                        limit,
                        email -> Cursor.of(email.createdAt(), email.id()))
                .toResponse();
    }
}
