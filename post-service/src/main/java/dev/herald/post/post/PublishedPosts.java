package dev.herald.post.post;

import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.outbox.PublishedAggregates;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** The posts as {@code /actuator/republish} publishes them. */
@Component
class PublishedPosts implements PublishedAggregates {

    private final Posts posts;

    PublishedPosts(Posts posts) {
        this.posts = posts;
    }

    @Override
    public List<PostEvent> states(UUID after, int limit) {
        return posts.findByIdGreaterThanOrderById(after, Limit.of(limit)).stream()
                .map(Post::state)
                .toList();
    }

    @Override
    public Set<UUID> existing(Collection<UUID> ids) {
        return posts.findExisting(ids);
    }

    @Override
    public DomainEvent deletion(JsonNode newest) {
        return new PostEvent.Deleted(
                id(newest, "id"), id(newest, "authorId"), newest.get("version").asLong() + 1);
    }

    @Override
    public String deletionType() {
        return "post.deleted";
    }

    private static UUID id(JsonNode payload, String field) {
        return UUID.fromString(payload.get(field).asString());
    }
}
