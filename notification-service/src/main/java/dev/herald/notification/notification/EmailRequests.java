package dev.herald.notification.notification;

import dev.herald.notification.link.Links;
import dev.herald.notification.notification.NewNotification.Link;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.event.UnreadableEvent;
import dev.herald.platform.jwe.UnreadableJwe;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Stores the emails that {@code user.email-requested} asks for. The link that a registration requests belongs to the welcome email,
 * and is dropped if that has gone without it, because a registration causes one email.
 */
@Service
class EmailRequests {

    /** A request within this time after the registration is that of the registration, because user-service allows one
     * email a minute. */
    private static final Duration FIRST_REQUEST = Duration.ofMinutes(1);

    private final NotificationQueue queue;
    private final NotificationTable table;
    private final ErasedUsers erased;
    private final Links links;

    EmailRequests(NotificationQueue queue, NotificationTable table, ErasedUsers erased, Links links) {
        this.queue = queue;
        this.table = table;
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
        boolean ofRegistration = type == NotificationType.VERIFICATION && isOfRegistration(request, event.time());
        if (ofRegistration && table.addLinkToWelcome(request.userId(), request.email(), link)) {
            queue.announce();
            return;
        }
        queue.add(
                new NewNotification(
                        type,
                        request.userId(),
                        request.email(),
                        request.name(),
                        link,
                        ofRegistration && precedesWelcome(request.userId())),
                event);
    }

    /** The two topics have no common order, so that {@code user.created} may arrive after the request of the registration. */
    private boolean precedesWelcome(UUID user) {
        return !table.hasWelcome(user) && !table.hasLinkForWelcome(user);
    }

    /**
     * The version alone does not tell, because a user who has changed nothing may request another link. The user's id, a UUIDv7, holds the
     * time of the registration.
     */
    private static boolean isOfRegistration(EmailRequestedEvent request, Instant requestedAt) {
        UUID user = request.userId();
        return request.version() == 0
                && (user.version() != 7
                        || requestedAt.isBefore(Instant.ofEpochMilli(user.getMostSignificantBits() >>> 16)
                                .plus(FIRST_REQUEST)));
    }

    private void requireReadable(String secret) {
        try {
            links.requireReadable(secret);
        } catch (UnreadableJwe e) {
            throw new UnreadableEvent("The secret cannot be decrypted: " + e.getMessage());
        }
    }
}
