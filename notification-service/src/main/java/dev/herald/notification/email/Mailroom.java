package dev.herald.notification.email;

import dev.herald.platform.event.EventMetadata;
import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.util.IdGenerator;

/** Takes in what is to be sent, in the transaction in which the inbox records the event. */
@Service
class Mailroom {

    /** Something may be due now. */
    record EmailAccepted() {}

    private final Emails emails;
    private final IdGenerator ids;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Mailroom(Emails emails, IdGenerator ids, Clock clock, ApplicationEventPublisher events) {
        this.emails = emails;
        this.ids = ids;
        this.clock = clock;
        this.events = events;
    }

    void welcome(UserCreated user, EventMetadata event) {
        emails.save(Email.welcome(ids.generateId(), user, event, clock.instant()));
        events.publishEvent(new EmailAccepted());
    }
}
