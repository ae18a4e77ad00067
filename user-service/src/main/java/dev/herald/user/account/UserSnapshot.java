package dev.herald.user.account;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.herald.platform.email.EmailAddress;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user at one version, as cached and as every response is made from. */
record UserSnapshot(
        UUID id,
        String name,
        String email,
        @JsonProperty(required = true) boolean emailVerified,
        @Nullable String pendingEmail,
        Set<Role> roles,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** Checks the fields, because a cached value may lack one or hold a domain in Unicode. */
    UserSnapshot {
        requireNonNull(id);
        requireNonNull(name);
        email = EmailAddress.shown(email);
        roles = Set.copyOf(roles);
        requireNonNull(createdAt);
        requireNonNull(updatedAt);
    }

    /** The whole user and the public one are two representations with a strong tag each. */
    String etag(boolean whole) {
        return version + (whole ? "-whole" : "-public");
    }
}
