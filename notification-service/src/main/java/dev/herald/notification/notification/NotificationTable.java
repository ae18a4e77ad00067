package dev.herald.notification.notification;

import dev.herald.notification.notification.NewNotification.Link;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.IdGenerator;

/** A row of version 0 has not been claimed by a sender. Times of attempts are the database's, because clocks differ. */
@Repository
class NotificationTable {

    /**
     * Ignores a second insertion, because the inbox remembers events for a month only. A link that waits for its welcome email becomes due
     * when it has expired: it is not sent, whenever the two arrive, because a registration causes one email.
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

    /** A welcome email that was sent already goes without the link. */
    private static final String ADD_LINK_TO_WELCOME = """
            update email
            set awaits_link = false,
                secret = case when status = 'PENDING' then :secret end,
                secret_expires_at = case when status = 'PENDING' then :expiry end,
                due = due or version = 0,
                next_attempt_at = case when version = 0 then now() else next_attempt_at end
            where user_id = :user and recipient = :recipient and type = 'WELCOME' and awaits_link
            """;

    /** A verification email that is not due and was not claimed waits for its welcome email. */
    private static final String WAITS_FOR_WELCOME =
            "type = 'VERIFICATION' and status = 'PENDING' and not due and version = 0";

    private static final String TAKE_LINK = """
            with taken as (
                delete from email
                where user_id = :user and recipient = :recipient and %s
                returning secret, secret_expires_at)
            select secret, secret_expires_at from taken order by secret_expires_at desc limit 1
            """.formatted(WAITS_FOR_WELCOME);

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
                        .param("eventTime", atUtc(event.time()))
                        .param("type", notification.type().name())
                        .param("userId", notification.userId())
                        .param("recipient", notification.recipient())
                        .param("recipientName", notification.name())
                        .param("subject", notification.type().subject())
                        .param("traceparent", traces.headers().get(NotificationQueue.TRACEPARENT))
                        .param("secret", link == null ? null : link.secret())
                        .param("expiry", link == null ? null : atUtc(link.expiresAt()))
                        .param("waits", notification.waits())
                        .param("pause", NotificationQueue.WELCOME_PAUSE.toSeconds())
                        .update()
                == 1;
    }

    /** @return whether a welcome email had no link yet */
    boolean addLinkToWelcome(UUID user, String recipient, Link link) {
        return sql.sql(ADD_LINK_TO_WELCOME)
                        .param("user", user)
                        .param("recipient", recipient)
                        .param("secret", link.secret())
                        .param("expiry", atUtc(link.expiresAt()))
                        .update()
                > 0;
    }

    /** Deletes the verification email that waits for this welcome email, and returns its link. */
    Optional<Link> takeVerificationLink(UUID user, String recipient) {
        return sql.sql(TAKE_LINK)
                .param("user", user)
                .param("recipient", recipient)
                .query((row, index) -> new Link(
                        row.getString("secret"),
                        row.getObject("secret_expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    boolean hasWelcome(UUID user) {
        return has("type = 'WELCOME'", user);
    }

    boolean hasLinkForWelcome(UUID user) {
        return has(WAITS_FOR_WELCOME, user);
    }

    void deleteAllOf(UUID user) {
        sql.sql("delete from email where user_id = :user").param("user", user).update();
    }

    private boolean has(String condition, UUID user) {
        return sql.sql("select exists (select from email where user_id = :user and %s)".formatted(condition))
                .param("user", user)
                .query(Boolean.class)
                .single();
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
