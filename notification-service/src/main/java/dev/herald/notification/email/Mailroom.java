package dev.herald.notification.email;

import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.observability.Traces;
import java.time.Clock;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/** Takes in what is to be sent: in the transaction in which the inbox records the event, or for an administrator once more. */
@Service
@Transactional
class Mailroom {

    /** Something may be due now. */
    record EmailAccepted() {}

    private final Emails emails;
    private final ErasedUsers erased;
    private final Traces traces;
    private final IdGenerator ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Mailroom(
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
        accept(EmailType.WELCOME, user, event);
    }

    void passwordChanged(User user, EventMetadata event) {
        accept(EmailType.PASSWORD_CHANGED, user, event);
    }

    private void accept(EmailType type, User user, EventMetadata event) {
        // The inbox forgets an event after a month; its email is not sent again.
        if (erased.contains(user.id()) || emails.existsByEventId(event.id())) {
            return;
        }
        String traceparent = traces.keep().get(Email.TRACEPARENT);
        emails.save(new Email(ids.generateId(), type, user, event, traceparent, clock.instant()));
        events.publishEvent(new EmailAccepted());
    }

    /**
     * Gives a failed email another round of attempts, under the same Message-ID. Of two at the same moment one comes too late.
     *
     * @throws NotificationNotFound if there is none, or no longer
     * @throws NotificationNotFailed if it is waiting or was sent
     */
    NotificationView resend(UUID id) {
        Email email = emails.findAndLock(id).orElseThrow(() -> new NotificationNotFound(id));
        email.resend(clock.instant());
        events.publishEvent(new EmailAccepted());
        return NotificationView.of(email);
    }

    /** Erases everything held about the user, sent or not, and lets no late event store anything again. */
    void erase(UserDeleted user) {
        erased.add(user.id());
        emails.deleteAllOf(user.id());
    }
}
