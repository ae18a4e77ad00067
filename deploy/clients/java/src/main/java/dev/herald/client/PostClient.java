package dev.herald.client;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Reads and writes posts. Every method throws {@link HeraldProblem}. */
@HttpExchange("/api/posts")
public interface PostClient {

    /** @param publishedAt empty for a draft */
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

    record WritePost(String title, String content, boolean published) {}

    /** @param idempotencyKey repeated calls with the same key create only one post */
    @PostExchange
    Post write(@RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody WritePost post);

    @GetExchange("/{id}")
    Post read(@PathVariable UUID id);

    @GetExchange
    Page<Post> list(
            @RequestParam(required = false) @Nullable UUID authorId,
            @RequestParam(required = false) @Nullable Boolean published,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor);

    @PutExchange("/{id}")
    Post replace(@PathVariable UUID id, @RequestBody WritePost post);

    @DeleteExchange("/{id}")
    void delete(@PathVariable UUID id);
}
