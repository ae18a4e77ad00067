package dev.herald.notification.notification;

import dev.herald.notification.notification.NewNotification.Link;
import dev.herald.platform.event.EventMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts the link of a registration into its welcome email, so that a registration causes one email. The two come from two topics,
 * which have no common order. A welcome email that comes first waits for its link, and is sent without it after {@link #PAUSE}. A
 * link that comes first waits, as a verification email that is not due, for the welcome email, and is never sent alone.
 */
@Service
@Transactional
public class WelcomeEmails {

    public static final Duration PAUSE = Duration.ofSeconds(30);

    /** A request so soon after the registration belongs to it, because user-service allows one email a minute. */
    private static final Duration FIRST_REQUEST = Duration.ofMinutes(1);

    /** Leaves out the link if the welcome email was sent already. */
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
    private final NotificationQueue queue;
    private final ErasedUsers erased;

    WelcomeEmails(JdbcClient sql, NotificationQueue queue, ErasedUsers erased) {
        this.sql = sql;
        this.queue = queue;
        this.erased = erased;
    }

    /**
     * Stores the welcome email. It does not wait for a link if the address is verified, or if the event is of a release before the
     * links, which has no {@code emailVerified}.
     */
    void welcome(UserEvent user, EventMetadata event) {
        if (erased.contains(user.id())) {
            return;
        }
        Link link = takeLink(user.id(), user.email()).orElse(null);
        boolean waits = link == null && user.emailVerified().equals(Optional.of(false));
        queue.add(
                new NewNotification(NotificationType.WELCOME, user.id(), user.email(), user.name(), link, waits),
                event);
    }

    /**
     * The request is that of the registration if the user has version 0, and the request is less than a minute younger
     * than the user's id, a UUIDv7 with the time of the registration. The version alone is not enough, because an
     * unchanged user may request another link.
     */
    static boolean isOfRegistration(EmailRequestedEvent request, Instant requestedAt) {
        UUID user = request.userId();
        return request.version() == 0
                && (user.version() != 7
                        || requestedAt.isBefore(Instant.ofEpochMilli(user.getMostSignificantBits() >>> 16)
                                .plus(FIRST_REQUEST)));
    }

    void addLink(EmailRequestedEvent request, Link link, EventMetadata event) {
        if (addToWaiting(request, link)) {
            queue.announce();
            return;
        }
        UUID user = request.userId();
        boolean waits = !has("type = 'WELCOME'", user) && !has(WAITS_FOR_WELCOME, user);
        queue.add(
                new NewNotification(NotificationType.VERIFICATION, user, request.email(), request.name(), link, waits),
                event);
    }

    private boolean addToWaiting(EmailRequestedEvent request, Link link) {
        return sql.sql(ADD_LINK_TO_WELCOME)
                        .param("user", request.userId())
                        .param("recipient", request.email())
                        .param("secret", link.secret())
                        .param("expiry", link.expiresAt().atOffset(ZoneOffset.UTC))
                        .update()
                > 0;
    }

    private Optional<Link> takeLink(UUID user, String recipient) {
        return sql.sql(TAKE_LINK)
                .param("user", user)
                .param("recipient", recipient)
                .query((row, index) -> new Link(
                        row.getString("secret"),
                        row.getObject("secret_expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private boolean has(String condition, UUID user) {
        return sql.sql("select exists (select from email where user_id = :user and %s)".formatted(condition))
                .param("user", user)
                .query(Boolean.class)
                .single();
    }
}
