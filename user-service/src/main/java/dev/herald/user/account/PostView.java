package dev.herald.user.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A post as post-service shows it, or will as soon as it knows the author; described in the same words, it is one schema of the API. */
@Schema(name = "Post")
record PostView(
        @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4e")
        UUID id,

        Author author,
        @Schema(example = "Notes on the Analytical Engine") String title,

        @Schema(example = "It might act upon other things besides number.")
        String content,

        boolean published,

        @Schema(description = "Absent from a draft", example = "2026-01-05T09:30:00.123456Z") @Nullable
        Instant publishedAt,

        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant createdAt,
        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant updatedAt) {

    @Schema(name = "AuthorName")
    record Author(
            @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d")
            UUID id,

            @Schema(example = "Ada Lovelace") String name) {}

    static PostView of(FirstPost post, UserSnapshot author) {
        Instant now = author.createdAt();
        return new PostView(
                post.id(),
                new Author(author.id(), author.name()),
                post.title(),
                post.content(),
                post.published(),
                post.published() ? now : null,
                now,
                now);
    }

    static PostView of(PostService.Post post) {
        return new PostView(
                post.id(),
                new Author(post.author().id(), post.author().name()),
                post.title(),
                post.content(),
                post.published(),
                post.publishedAt().orElse(null),
                post.createdAt(),
                post.updatedAt());
    }
}
