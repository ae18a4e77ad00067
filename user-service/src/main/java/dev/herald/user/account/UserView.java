package dev.herald.user.account;

import dev.herald.user.account.User.Role;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as others see them; {@code email} and {@code roles} are shown to the user alone. */
record UserView(
        UUID id,
        String name,
        @Nullable String email,
        @Nullable Set<Role> roles,
        Instant createdAt,
        Instant updatedAt) {

    static UserView ofOneself(User user) {
        return new UserView(user.id(), user.name(), user.email(), user.roles(), user.createdAt(), user.updatedAt());
    }

    static UserView ofAnother(User user) {
        return new UserView(user.id(), user.name(), null, null, user.createdAt(), user.updatedAt());
    }
}
