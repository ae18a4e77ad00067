package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;

/** {@code user.password-changed}, as {@code events/user.password-changed.v1.schema.json} describes it. */
record PasswordChanged(UUID id, String name, String email, Instant createdAt, long version) implements DomainEvent {

    @Override
    public String type() {
        return "user.password-changed";
    }
}
