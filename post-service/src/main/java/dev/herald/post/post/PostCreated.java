package dev.herald.post.post;

import dev.herald.platform.event.DomainEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code post.created}, as {@code events/post.created.v1.schema.json} describes it. */
record PostCreated(
        UUID id,
        UUID authorId,
        String title,
        String content,
        boolean published,
        @Nullable Instant publishedAt,
        Instant createdAt,
        Instant updatedAt,
        long version)
        implements DomainEvent {

    @Override
    public String type() {
        return "post.created";
    }
}
