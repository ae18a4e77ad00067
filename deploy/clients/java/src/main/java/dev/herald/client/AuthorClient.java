package dev.herald.client;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Lists users with the number of their published posts. Every method throws {@link HeraldProblem}. */
@HttpExchange("/api/authors")
public interface AuthorClient {

    record Author(UUID id, String name, long postCount, Instant registeredAt) {}

    /** @param sort {@code name} or {@code -postCount} */
    @GetExchange
    Page<Author> list(
            @RequestParam(required = false) @Nullable String sort,
            @RequestParam(required = false) @Nullable Instant registeredAfter,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor);
}
