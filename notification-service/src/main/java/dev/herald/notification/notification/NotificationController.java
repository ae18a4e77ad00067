package dev.herald.notification.notification;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Page;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemResponses;
import dev.herald.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Notifications", description = "Emails, sent and to be sent")
class NotificationController {

    private final NotificationList notifications;
    private final NotificationQueue queue;

    NotificationController(NotificationList notifications, NotificationQueue queue) {
        this.notifications = notifications;
        this.queue = queue;
    }

    @GetMapping("/api/notifications")
    @Operation(
            summary = "Lists the caller's emails, newest first",
            description =
                    "An administrator may ask for another user's emails with `userId`, or for those of all users in one `status`.")
    @ProblemResponses(ProblemCode.FORBIDDEN)
    ResponseEntity<Page<NotificationView>> list(
            @AuthenticationPrincipal Caller caller,
            @Parameter(description = "The user's id. Only administrators may name another user")
                    @RequestParam(required = false)
                    @Nullable
                    UUID userId,
            @Parameter(description = "Only emails in this status; for administrators")
                    @RequestParam(required = false)
                    @Nullable
                    NotificationStatus status,
            @RequestParam(defaultValue = "" + Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (userId != null) {
            caller.requireSelfOrAdmin(userId);
        }
        if (status != null) {
            caller.requireAdmin();
        }
        UUID whose = userId == null && status == null ? caller.id() : userId;
        Cursor after = cursor == null ? null : Cursor.decode(cursor, NotificationList.SORT_COLUMNS);
        return Page.of(
                        notifications.newestFirst(whose, status, after, limit + 1),
                        limit,
                        notification -> Cursor.of(notification.createdAt(), notification.id()))
                .toResponse();
    }

    @PostMapping("/api/notifications/{id}/resend")
    @Operation(
            summary = "Sends a failed email again; for administrators",
            description =
                    "Only an email in the status `FAILED` can be sent again. It becomes `PENDING`, and has as many attempts as a new one.")
    @ProblemResponses({ProblemCode.FORBIDDEN, ProblemCode.NOTIFICATION_NOT_FOUND, ProblemCode.NOTIFICATION_NOT_FAILED})
    NotificationView resend(@PathVariable UUID id, @AuthenticationPrincipal Caller caller) {
        caller.requireAdmin();
        return queue.resend(id);
    }
}
