package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;

/** {@code user.updated}, as {@code events/user.updated.v1.schema.json} describes it. */
record UserUpdated(UUID id, String name, String email, Instant createdAt, long version) implements DomainEvent {

    @Override
    public String type() {
        return "user.updated";
    }
}
