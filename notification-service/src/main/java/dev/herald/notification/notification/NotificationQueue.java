package dev.herald.notification.notification;

import dev.herald.platform.event.EventMetadata;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores notifications to be sent, in the transaction in which the inbox records their event, and resends failed ones. */
@Service
@Transactional
public class NotificationQueue {

    /** The name of the column, and of the W3C header that the column stores. */
    public static final String TRACEPARENT = "traceparent";

    public record NotificationQueued() {}

    private static final String RESEND = """
            update email
            set status = 'PENDING', failures = 0, unanswered = 0, due = true, next_attempt_at = now(), version = version + 1
            where id = :id and status = 'FAILED'
            returning %s
            """.formatted(NotificationList.COLUMNS);

    private final JdbcClient sql;
    private final NotificationTable table;
    private final ErasedUsers erased;
    private final ApplicationEventPublisher events;

    NotificationQueue(JdbcClient sql, NotificationTable table, ErasedUsers erased, ApplicationEventPublisher events) {
        this.sql = sql;
        this.table = table;
        this.erased = erased;
        this.events = events;
    }

    void passwordChanged(UserEvent user, EventMetadata event) {
        if (!erased.contains(user.id())) {
            add(
                    new NewNotification(
                            NotificationType.PASSWORD_CHANGED, user.id(), user.email(), user.name(), null, false),
                    event);
        }
    }

    void add(NewNotification notification, EventMetadata event) {
        if (table.add(notification, event)) {
            announce();
        }
    }

    void announce() {
        events.publishEvent(new NotificationQueued());
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
                .query(NotificationList::view)
                .optional()
                .orElseThrow(() -> exists(id) ? new NotificationNotFailed(id) : new NotificationNotFound(id));
        announce();
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
        table.deleteAllOf(user.id());
    }
}
