package dev.herald.post.author;

import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

/** What post-service asks user-service for. */
interface UserService {

    /** The caller, who alone sees their own address. */
    @GetExchange("/api/users/{id}")
    Profile read(@PathVariable UUID id);

    /** What is read of the answer; it does not say the version. */
    record Profile(UUID id, String name, String email, Instant createdAt) {}
}
