package dev.herald.user.account;

import dev.herald.platform.event.DomainEvent;
import dev.herald.user.post.FirstPost;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The user events. Each record is the body that {@code events/<type>.v1.schema.json} describes. */
sealed interface UserEvent extends DomainEvent {

    record Created(
            UUID id,
            String name,
            String email,
            boolean emailVerified,
            Instant createdAt,
            long version,
            @Nullable List<FirstPost> posts)
            implements UserEvent {
        @Override
        public String type() {
            return "user.created";
        }
    }

    record Updated(UUID id, String name, String email, boolean emailVerified, Instant createdAt, long version)
            implements UserEvent {
        @Override
        public String type() {
            return "user.updated";
        }
    }

    record PasswordChanged(UUID id, String name, String email, boolean emailVerified, Instant createdAt, long version)
            implements UserEvent {
        @Override
        public String type() {
            return "user.password-changed";
        }
    }

    record Deleted(UUID id, long version) implements UserEvent {
        @Override
        public String type() {
            return "user.deleted";
        }
    }
}
