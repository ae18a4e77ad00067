package dev.herald.post.post;

import dev.herald.platform.security.Caller;
import dev.herald.post.author.Author;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A post and its author at one moment, from which every response is made. */
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

    /** Contains the author's version, because the representation shows the author's name. */
    String etag() {
        return version + "-" + author.version();
    }

    boolean isVisibleTo(Caller caller) {
        return published || caller.isSelfOrAdmin(author.id());
    }
}
