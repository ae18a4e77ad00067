package dev.herald.post.author;

import java.util.UUID;

/** Published in the transaction that deletes the author, before the deletion, so that the posts can be deleted first. */
public record AuthorErased(UUID id) {}
