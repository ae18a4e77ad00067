package dev.herald.post.author;

import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

interface UserClient {

    /** To be called for the caller's own id, because other users do not see the address. */
    @GetExchange("/api/users/{id}")
    Profile read(@PathVariable UUID id);

    /** The fields that post-service reads. The response contains no version. */
    record Profile(UUID id, String name, String email, Instant createdAt) {}
}
