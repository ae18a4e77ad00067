package dev.herald.user.account;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.herald.platform.email.EmailAddress;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user at one version, as the cache stores it and responses show it. */
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

    /** Requires the fields and converts the domain to ASCII, because another release may have cached the value. */
    UserSnapshot {
        requireNonNull(id);
        requireNonNull(name);
        email = EmailAddress.shown(email);
        roles = Set.copyOf(roles);
        requireNonNull(createdAt);
        requireNonNull(updatedAt);
    }

    /** A strong entity tag. The whole user and the public part are two representations, so their tags differ. */
    String etag(boolean whole) {
        return version + (whole ? "-whole" : "-public");
    }
}
