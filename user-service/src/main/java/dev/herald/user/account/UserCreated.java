package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code user.created}, as {@code events/user.created.v1.schema.json} describes it. */
record UserCreated(
        UUID id,
        String name,
        String email,
        Instant createdAt,
        long version,
        @Nullable List<FirstPost> posts) implements DomainEvent {

    @Override
    public String type() {
        return "user.created";
    }
}
