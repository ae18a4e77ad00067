package dev.herald.post.post;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The post events. Each record is the body that {@code events/<type>.v1.schema.json} describes. */
sealed interface PostEvent extends DomainEvent {

    record Created(
            UUID id,
            UUID authorId,
            String title,
            String content,
            boolean published,
            @Nullable Instant publishedAt,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements PostEvent {
        @Override
        public String type() {
            return "post.created";
        }
    }

    record Updated(
            UUID id,
            UUID authorId,
            String title,
            String content,
            boolean published,
            @Nullable Instant publishedAt,
            Instant createdAt,
            Instant updatedAt,
            long version)
            implements PostEvent {
        @Override
        public String type() {
            return "post.updated";
        }
    }

    record Deleted(UUID id, UUID authorId, long version) implements PostEvent {
        @Override
        public String type() {
            return "post.deleted";
        }
    }
}
