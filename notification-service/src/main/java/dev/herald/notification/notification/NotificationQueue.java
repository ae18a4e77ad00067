package dev.herald.notification.notification;

import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/** Stores notifications to be sent, in the transaction in which the inbox records their event, and resends failed ones. */
@Service
@Transactional
public class NotificationQueue {

    /** The column, and the W3C header that it holds. */
    public static final String TRACEPARENT = "traceparent";

    public record NotificationQueued() {}

    private final Notifications notifications;
    private final ErasedUsers erased;
    private final Traces traces;
    private final IdGenerator ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    NotificationQueue(
            Notifications notifications,
            ErasedUsers erased,
            Traces traces,
            IdGenerator ids,
            Clock clock,
            ApplicationEventPublisher events) {
        this.notifications = notifications;
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
        String traceparent = traces.keep().get(TRACEPARENT);
        if (!erased.contains(user.id())
                && notifications.add(ids.generateId(), type, user, event, traceparent, clock.instant())) {
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
        Optional<NotificationView> resent = notifications.resend(id, clock.instant());
        if (resent.isEmpty()) {
            throw notifications.exists(id) ? new NotificationNotFailed(id) : new NotificationNotFound(id);
        }
        events.publishEvent(new NotificationQueued());
        return resent.get();
    }

    /** Deletes every notification of the user, and remembers the user so that a late event stores none. */
    void erase(UserDeletedEvent user) {
        erased.add(user.id());
        notifications.deleteAllOf(user.id());
    }
}
