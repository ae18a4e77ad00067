package dev.herald.user.account;

import static java.util.Objects.requireNonNull;

import dev.herald.platform.email.EmailAddress;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A user as they were at one version; what the cache keeps and every answer is made from. */
record UserSnapshot(
        UUID id, String name, String email, Set<Role> roles, Instant createdAt, Instant updatedAt, long version) {

    /** What is read from the cache may lack a field, and have a domain in Unicode. */
    UserSnapshot {
        requireNonNull(id);
        requireNonNull(name);
        email = EmailAddress.shown(email);
        roles = Set.copyOf(roles);
        requireNonNull(createdAt);
        requireNonNull(updatedAt);
    }

    /** Two kinds of viewers see two representations, each with its own strong tag. */
    String etag(boolean whole) {
        return version + (whole ? "-whole" : "-public");
    }
}
