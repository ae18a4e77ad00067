package dev.herald.notification.notification;

import dev.herald.notification.link.Links;
import dev.herald.notification.notification.NewNotification.Link;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.event.UnreadableEvent;
import dev.herald.platform.jwe.UnreadableJwe;
import org.springframework.stereotype.Service;

/** Stores the emails that {@code user.email-requested} asks for, except the links of {@link WelcomeEmails}. */
@Service
class EmailRequests {

    private final NotificationQueue queue;
    private final WelcomeEmails welcomes;
    private final ErasedUsers erased;
    private final Links links;

    EmailRequests(NotificationQueue queue, WelcomeEmails welcomes, ErasedUsers erased, Links links) {
        this.queue = queue;
        this.welcomes = welcomes;
        this.erased = erased;
        this.links = links;
    }

    /** @throws UnreadableEvent if the kind is unknown or the secret cannot be decrypted, so that the event becomes a dead letter */
    void requested(EmailRequestedEvent request, EventMetadata event) {
        NotificationType type = NotificationType.requested(request.kind())
                .orElseThrow(() -> new UnreadableEvent("The kind of the email is unknown"));
        requireReadable(request.secret());
        if (erased.contains(request.userId())) {
            return;
        }
        Link link = new Link(request.secret(), request.expiresAt());
        if (type == NotificationType.VERIFICATION && WelcomeEmails.isOfRegistration(request, event.time())) {
            welcomes.addLink(request, link, event);
        } else {
            queue.add(new NewNotification(type, request.userId(), request.email(), request.name(), link, false), event);
        }
    }

    private void requireReadable(String secret) {
        try {
            links.requireReadable(secret);
        } catch (UnreadableJwe e) {
            throw new UnreadableEvent("The secret cannot be decrypted: " + e.getMessage());
        }
    }
}
