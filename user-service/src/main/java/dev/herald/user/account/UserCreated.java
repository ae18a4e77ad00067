package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;

/** {@code user.created}, as {@code events/user.created.v1.schema.json} describes it. */
record UserCreated(UUID id, String name, String email, Instant createdAt, long version) implements DomainEvent {

    @Override
    public String type() {
        return "user.created";
    }
}
