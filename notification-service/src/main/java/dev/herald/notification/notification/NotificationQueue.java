package dev.herald.notification.notification;

import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/** Stores notifications to be sent, in the transaction in which the inbox records their event, and resends failed ones. */
@Service
@Transactional
public class NotificationQueue {

    /** The name of the column, and of the W3C header that the column stores. */
    public static final String TRACEPARENT = "traceparent";

    public record NotificationQueued() {}

    /** Ignores a second insertion, because the inbox remembers events for a month only. */
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
    private final ErasedUsers erased;
    private final Traces traces;
    private final IdGenerator ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    NotificationQueue(
            JdbcClient sql,
            ErasedUsers erased,
            Traces traces,
            IdGenerator ids,
            Clock clock,
            ApplicationEventPublisher events) {
        this.sql = sql;
        this.erased = erased;
        this.traces = traces;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    void welcome(UserEvent user, EventMetadata event) {
        add(NotificationType.WELCOME, user, event);
    }

    void passwordChanged(UserEvent user, EventMetadata event) {
        add(NotificationType.PASSWORD_CHANGED, user, event);
    }

    private void add(NotificationType type, UserEvent user, EventMetadata event) {
        if (erased.contains(user.id())) {
            return;
        }
        int added = sql.sql(ADD)
                .param("id", ids.generateId())
                .param("eventId", event.id())
                .param("eventTime", atUtc(event.time()))
                .param("type", type.name())
                .param("userId", user.id())
                .param("recipient", user.email())
                .param("recipientName", user.name())
                .param("subject", type.subject())
                .param("traceparent", traces.headers().get(TRACEPARENT))
                .param("now", atUtc(clock.instant()))
                .update();
        if (added == 1) {
            events.publishEvent(new NotificationQueued());
        }
    }

    /**
     * Makes a failed notification due again, with the same Message-ID. Only one of two concurrent calls succeeds.
     *
     * @throws NotificationNotFound if it does not exist
     * @throws NotificationNotFailed if it is waiting or was sent
     */
    NotificationView resend(UUID id) {
        NotificationView resent = sql.sql(RESEND)
                .param("id", id)
                .param("now", atUtc(clock.instant()))
                .query(NotificationList::view)
                .optional()
                .orElseThrow(() -> exists(id) ? new NotificationNotFailed(id) : new NotificationNotFound(id));
        events.publishEvent(new NotificationQueued());
        return resent;
    }

    private boolean exists(UUID id) {
        return sql.sql("select exists (select from email where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Deletes every notification of the user, and remembers the user so that a late event stores none. */
    void erase(UserDeletedEvent user) {
        erased.add(user.id());
        sql.sql("delete from email where user_id = :user")
                .param("user", user.id())
                .update();
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
