package dev.herald.notification.notification;

import dev.herald.platform.event.EventMetadata;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code email}. The package {@code delivery} claims its due rows and records the attempts. */
@Repository
class Notifications {

    /** The inbox remembers events for a month only, so that an older event may come again. */
    private static final String ADD = """
            insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, traceparent,
                status, attempts, due, next_attempt_at, created_at, version)
            values (:id, :eventId, :eventTime, :type, :userId, :recipient, :recipientName, :subject, :traceparent,
                'PENDING', 0, true, :now, :now, 0)
            on conflict (event_id) do nothing
            """;

    private static final String RESEND = """
            update email
            set status = 'PENDING', failures = 0, unanswered = 0, due = true, next_attempt_at = :now, version = version + 1
            where id = :id and status = 'FAILED'
            returning %s
            """.formatted(NotificationList.COLUMNS);

    private final JdbcClient sql;

    Notifications(JdbcClient sql) {
        this.sql = sql;
    }

    /** Adds a notification that is due now; returns false if the event has one. */
    boolean add(
            UUID id,
            NotificationType type,
            UserEvent user,
            EventMetadata event,
            @Nullable String traceparent,
            Instant now) {
        return sql.sql(ADD)
                        .param("id", id)
                        .param("eventId", event.id())
                        .param("eventTime", atUtc(event.time()))
                        .param("type", type.name())
                        .param("userId", user.id())
                        .param("recipient", user.email())
                        .param("recipientName", user.name())
                        .param("subject", type.subject())
                        .param("traceparent", traceparent)
                        .param("now", atUtc(now))
                        .update()
                == 1;
    }

    /** Makes a failed notification due now, with the attempts of a new one; empty if it has not failed. */
    Optional<NotificationView> resend(UUID id, Instant now) {
        return sql.sql(RESEND)
                .param("id", id)
                .param("now", atUtc(now))
                .query(NotificationList::view)
                .optional();
    }

    boolean exists(UUID id) {
        return sql.sql("select exists (select from email where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Includes notifications that are being sent: their sender then finds no row to update. */
    void deleteAllOf(UUID user) {
        sql.sql("delete from email where user_id = :user").param("user", user).update();
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
