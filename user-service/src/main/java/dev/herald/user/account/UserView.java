package dev.herald.user.account;

import dev.herald.user.post.IncludedPosts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code email}, its state and {@code roles} are shown to the user and to administrators only. */
@Schema(name = "User", example = UserView.EXAMPLE)
record UserView(
        @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d")
        UUID id,

        @Schema(example = "Ada Lovelace") String name,

        @Schema(example = "ada@example.com", description = "Only for the user and for administrators") @Nullable
        String email,

        @Schema(
                example = "true",
                description =
                        "Whether a link mailed to the address was opened. Only for the user and for administrators")
        @Nullable
        Boolean emailVerified,

        @Schema(description = MeView.PENDING_EMAIL + ". Only for the user and for administrators") @Nullable
        String pendingEmail,

        @Schema(example = "[\"USER\"]", description = "Only for the user and for administrators") @Nullable
        Set<Role> roles,

        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant createdAt,
        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant updatedAt,

        @Schema(
                types = {"array", "null"},
                description =
                        "The posts of the registration, or those that `include=posts` asks for; null if post-service does not answer")
        @Nullable
        IncludedPosts posts,

        @Schema(
                description = "The parts of `include` that are missing, because post-service does not answer",
                example = "[\"posts\"]")
        @Nullable
        List<String> degraded) {

    static final String EXAMPLE = """
            {"id": "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d", "name": "Ada Lovelace", "email": "ada@example.com",
             "emailVerified": true, "roles": ["USER"], "createdAt": "2026-01-05T09:30:00.123456Z", "updatedAt": "2026-01-05T09:30:00.123456Z"}
            """;

    /** @param whole whether the viewer is the user or an administrator */
    static UserView of(UserSnapshot user, boolean whole) {
        return of(user, whole, null);
    }

    /** @param posts null unless the request includes them */
    static UserView of(UserSnapshot user, boolean whole, @Nullable IncludedPosts posts) {
        return new UserView(
                user.id(),
                user.name(),
                whole ? user.email() : null,
                whole ? user.emailVerified() : null,
                whole ? user.pendingEmail() : null,
                whole ? user.roles() : null,
                user.createdAt(),
                user.updatedAt(),
                posts,
                posts == null || posts.value() != null ? null : List.of("posts"));
    }
}
