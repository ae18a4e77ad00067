package dev.herald.user.post;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

interface PostClient {

    @GetExchange("/api/users/{id}/posts?limit=20")
    Posts newestOf(@PathVariable UUID id);

    record Posts(List<Post> items) {}

    record Post(
            UUID id,
            Author author,
            String title,
            String content,
            boolean published,
            Optional<Instant> publishedAt,
            Instant createdAt,
            Instant updatedAt) {}

    record Author(UUID id, String name) {}
}
