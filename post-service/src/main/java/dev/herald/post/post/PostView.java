package dev.herald.post.post;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Schema(name = "Post")
record PostView(
        @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4e")
        UUID id,

        AuthorName author,
        @Schema(example = "Notes on the Analytical Engine") String title,

        @Schema(example = "It might act upon other things besides number.")
        String content,

        boolean published,

        @Schema(description = "Absent from a draft", example = "2026-01-05T09:30:00.123456Z") @Nullable
        Instant publishedAt,

        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant createdAt,
        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant updatedAt) {

    record AuthorName(
            @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d")
            UUID id,

            @Schema(example = "Ada Lovelace") String name) {}

    static PostView of(PostSnapshot post) {
        return new PostView(
                post.id(),
                new AuthorName(post.author().id(), post.author().name()),
                post.title(),
                post.content(),
                post.published(),
                post.publishedAt(),
                post.createdAt(),
                post.updatedAt());
    }
}
