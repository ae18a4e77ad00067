package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import java.util.UUID;

/** {@code user.deleted}, as {@code events/user.deleted.v1.schema.json} describes it. */
record UserDeleted(UUID id, long version) implements DomainEvent {

    @Override
    public String type() {
        return "user.deleted";
    }
}
