package dev.herald.user.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user as somebody sees them: {@code email} and {@code roles} are shown to the user and to administrators alone. */
@Schema(name = "User")
record UserView(
        @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d")
        UUID id,

        @Schema(example = "Ada Lovelace") String name,

        @Schema(example = "ada@example.com", description = "Only for the user and for administrators") @Nullable
        String email,

        @Schema(example = "[\"USER\"]", description = "Only for the user and for administrators") @Nullable
        Set<Role> roles,

        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant createdAt,
        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant updatedAt,

        @Schema(description = "Only in the answer to a registration with posts") @Nullable
        List<PostView> posts) {

    /** @param whole whether the viewer is the user or an administrator */
    static UserView of(UserSnapshot user, boolean whole) {
        return new UserView(
                user.id(),
                user.name(),
                whole ? user.email() : null,
                whole ? user.roles() : null,
                user.createdAt(),
                user.updatedAt(),
                null);
    }

    /** The answer to a registration; null if it brought no posts. */
    UserView with(@Nullable List<PostView> firstPosts) {
        return new UserView(id, name, email, roles, createdAt, updatedAt, firstPosts);
    }
}
