package dev.herald.post.author;

import java.util.UUID;

/**
 * Who writes a post, as everybody may see them.
 *
 * @param version of what is known of them: representations that show it depend on it
 */
public record Author(UUID id, String name, long version) {}
