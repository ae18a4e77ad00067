package dev.herald.user.account;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A user as they were at one version; what the cache keeps and every answer is made from. */
record UserSnapshot(
        UUID id, String name, String email, Set<Role> roles, Instant createdAt, Instant updatedAt, long version) {

    /** Two kinds of viewers see two representations, each with its own strong tag. */
    String etag(boolean whole) {
        return version + (whole ? "-whole" : "-public");
    }
}
