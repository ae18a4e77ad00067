package dev.herald.post.post;

import dev.herald.platform.security.Caller;
import dev.herald.post.author.Author;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A post and its author as they were at one moment; what every answer is made from. */
record PostSnapshot(
        UUID id,
        Author author,
        String title,
        String content,
        boolean published,
        @Nullable Instant publishedAt,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** What is shown depends on the author too. */
    String etag() {
        return version + "-" + author.version();
    }

    boolean isVisibleTo(Caller caller) {
        return published || caller.isSelfOrAdmin(author.id());
    }
}
