package dev.herald.post.author;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Published once, in the transaction that adds the author.
 *
 * @param firstPosts the posts given at registration
 */
public record AuthorRegistered(UUID id, Instant registeredAt, List<FirstPost> firstPosts) {

    public record FirstPost(UUID id, String title, String content, boolean published) {}
}
