package dev.herald.client;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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

/** Reads and writes accounts. A method throws {@link HeraldProblem} if Herald answers with a problem document. */
@HttpExchange("/api/users")
public interface UserClient {

    /** @param email present only for the caller's own account and for an ADMIN, like the roles */
    record User(
            UUID id,
            String name,
            Optional<String> email,
            Optional<Set<String>> roles,
            Instant createdAt,
            Instant updatedAt) {}

    record RegisterUser(String name, String email, String password) {

        /** Keeps the password out of logs. */
        @Override
        public String toString() {
            return "RegisterUser";
        }
    }

    record UpdateUser(String name, String email) {}

    /** @param idempotencyKey repeated calls with the same key create only one account */
    @PostExchange
    User register(@RequestHeader("Idempotency-Key") String idempotencyKey, @RequestBody RegisterUser user);

    @GetExchange("/me")
    User me();

    @GetExchange("/{id}")
    User read(@PathVariable UUID id);

    /** @param name a prefix; upper and lower case are equal */
    @GetExchange
    Page<User> list(
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable Instant registeredAfter,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor);

    @PutExchange("/{id}")
    User update(@PathVariable UUID id, @RequestBody UpdateUser user);

    @DeleteExchange("/{id}")
    void delete(@PathVariable UUID id);
}
