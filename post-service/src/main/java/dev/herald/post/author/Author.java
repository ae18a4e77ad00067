package dev.herald.post.author;

import java.util.UUID;

/**
 * The public part of a post's author.
 *
 * @param version of the user; part of the entity tag of every post that shows the author
 */
public record Author(UUID id, String name, long version) {}
