package dev.herald.post.author;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

@Schema(name = "Author")
record AuthorView(
        UUID id,
        @Schema(example = "Ada Lovelace") String name,

        @Schema(description = "Published posts", example = "3")
        long postCount,

        Instant registeredAt) {}
