package dev.herald.user.token;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;

/**
 * The body that {@code events/user.email-requested.v1.schema.json} describes.
 *
 * @param secret the token as JWE
 */
record EmailRequested(
        UUID id, UUID userId, String name, String email, EmailKind kind, String secret, Instant expiresAt, long version)
        implements DomainEvent {

    @Override
    public String type() {
        return "user.email-requested";
    }

    /** Differs from that of the user events, because email requests have their own topic, whose records expire. */
    @Override
    public String aggregateType() {
        return "user-email-request";
    }
}
