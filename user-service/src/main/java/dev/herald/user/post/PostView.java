package dev.herald.user.post;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The same representation as post-service's, so that both are one schema of the API. */
@Schema(name = "Post")
public record PostView(
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

    public static PostView of(FirstPost post, UUID authorId, String authorName, Instant now) {
        return new PostView(
                post.id(),
                new Author(authorId, authorName),
                post.title(),
                post.content(),
                post.published(),
                post.published() ? now : null,
                now,
                now);
    }

    public static PostView of(PostClient.Post post) {
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
