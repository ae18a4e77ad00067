package dev.herald.post.author;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Told inside of this service, once, in the transaction that adds the author.
 *
 * @param firstPosts those that came with the registration
 */
public record AuthorRegistered(UUID id, Instant registeredAt, List<FirstPost> firstPosts) {

    /** @param id assigned by user-service, and final */
    public record FirstPost(UUID id, String title, String content, boolean published) {}
}
