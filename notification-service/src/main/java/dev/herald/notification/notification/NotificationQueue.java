package dev.herald.notification.email;

import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/** Stores the emails that are to be sent: in the transaction in which the inbox records the event, or again for an administrator. */
@Service
@Transactional
class EmailQueue {

    /** An email is due now. */
    record EmailQueued() {}

    private final Emails emails;
    private final ErasedUsers erased;
    private final Traces traces;
    private final IdGenerator ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    EmailQueue(
            Emails emails,
            ErasedUsers erased,
            Traces traces,
            IdGenerator ids,
            Clock clock,
            ApplicationEventPublisher events) {
        this.emails = emails;
        this.erased = erased;
        this.traces = traces;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    void welcome(User user, EventMetadata event) {
        add(EmailType.WELCOME, user, event);
    }

    void passwordChanged(User user, EventMetadata event) {
        add(EmailType.PASSWORD_CHANGED, user, event);
    }

    private void add(EmailType type, User user, EventMetadata event) {
        // The inbox forgets an event after a month; its email is not sent again.
        if (erased.contains(user.id()) || emails.existsByEventId(event.id())) {
            return;
        }
        String traceparent = traces.keep().get(DueEmail.TRACEPARENT);
        emails.save(new Email(ids.generateId(), type, user, event, traceparent, clock.instant()));
        events.publishEvent(new EmailQueued());
    }

    /**
     * Gives a failed email another round of attempts, under the same Message-ID. Of two calls at the same time one is refused.
     *
     * @throws NotificationNotFound if there is none, or no longer
     * @throws NotificationNotFailed if it is waiting or was sent
     */
    NotificationView resend(UUID id) {
        Email email = emails.findAndLock(id).orElseThrow(() -> new NotificationNotFound(id));
        email.resend(clock.instant());
        events.publishEvent(new EmailQueued());
        return NotificationView.of(email);
    }

    /** Erases every email of the user, sent or not, and lets no late event store one again. */
    void erase(UserDeleted user) {
        erased.add(user.id());
        emails.deleteAllOf(user.id());
    }
}
