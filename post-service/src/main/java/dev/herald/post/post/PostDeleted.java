package dev.herald.post.post;

import dev.herald.platform.event.DomainEvent;
import java.util.UUID;

/** {@code post.deleted}, as {@code events/post.deleted.v1.schema.json} describes it. */
record PostDeleted(UUID id, UUID authorId, long version) implements DomainEvent {

    @Override
    public String type() {
        return "post.deleted";
    }
}
