package dev.herald.post.author;

import java.util.UUID;

/** Told inside of this service, in the transaction that removes the author: their posts are to go before them. */
public record AuthorErased(UUID id) {}
