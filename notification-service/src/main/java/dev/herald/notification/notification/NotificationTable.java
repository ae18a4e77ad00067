package dev.herald.notification.notification;

import static java.time.ZoneOffset.UTC;

import dev.herald.notification.notification.NewNotification.Link;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.IdGenerator;

/**
 * Stores and deletes notifications. A row that is not due is claimed, waits for its other half (version 0), or pauses
 * before its next attempt; it becomes due at {@code next_attempt_at}. Times of attempts are of the database's clock,
 * because the clocks of the instances may differ.
 */
@Repository
class NotificationTable {

    /**
     * Ignores an event that has a notification already, because the inbox remembers events for a month only. A link
     * that waits for its welcome email becomes due when the link has expired, and then {@code NotificationDelivery} does
     * not send it: a registration causes one email.
     */
    private static final String ADD = """
            insert into email (id, event_id, event_time, type, user_id, recipient, recipient_name, subject, traceparent,
                secret, secret_expires_at, awaits_link, status, attempts, due, next_attempt_at, created_at, version)
            values (:id, :eventId, :eventTime, :type, :userId, :recipient, :recipientName, :subject, :traceparent,
                :secret, :expiry, :waits and :type = 'WELCOME', 'PENDING', 0, not :waits,
                case when :waits then coalesce(cast(:expiry as timestamptz), now() + make_interval(secs => :pause)) else now() end,
                now(), 0)
            on conflict (event_id) do nothing
            """;

    private final JdbcClient sql;
    private final Traces traces;
    private final IdGenerator ids;

    NotificationTable(JdbcClient sql, Traces traces, IdGenerator ids) {
        this.sql = sql;
        this.traces = traces;
        this.ids = ids;
    }

    /** @return whether the event had no notification yet */
    boolean add(NewNotification notification, EventMetadata event) {
        Link link = notification.link();
        return sql.sql(ADD)
                        .param("id", ids.generateId())
                        .param("eventId", event.id())
                        .param("eventTime", event.time().atOffset(UTC))
                        .param("type", notification.type().name())
                        .param("userId", notification.userId())
                        .param("recipient", notification.recipient())
                        .param("recipientName", notification.name())
                        .param("subject", notification.type().subject())
                        .param("traceparent", traces.headers().get(NotificationQueue.TRACEPARENT))
                        .param("secret", link == null ? null : link.secret())
                        .param("expiry", link == null ? null : link.expiresAt().atOffset(UTC))
                        .param("waits", notification.waits())
                        .param("pause", WelcomeEmails.PAUSE.toSeconds())
                        .update()
                == 1;
    }

    void deleteAllOf(UUID user) {
        sql.sql("delete from email where user_id = :user").param("user", user).update();
    }
}
