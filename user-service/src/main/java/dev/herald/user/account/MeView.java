package dev.herald.user.account;

import dev.herald.user.post.IncludedPosts;
import dev.herald.user.post.PostView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The caller: a {@link UserView} that always has an address and roles. */
@Schema(name = "Me", example = UserView.EXAMPLE)
record MeView(
        @Schema(example = "0199e0a5-7c1e-7a3b-9d52-6f0f3a1b2c4d")
        UUID id,

        @Schema(example = "Ada Lovelace") String name,
        @Schema(example = "ada@example.com") String email,

        @Schema(example = "true", description = "Whether a link mailed to the address was opened")
        boolean emailVerified,

        @Schema(description = PENDING_EMAIL) @Nullable String pendingEmail,

        @Schema(example = "[\"USER\"]") Set<Role> roles,
        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant createdAt,
        @Schema(example = "2026-01-05T09:30:00.123456Z") Instant updatedAt,

        @Schema(
                types = {"array", "null"},
                description = "The posts of the registration")
        @Nullable
        IncludedPosts posts,

        @Schema(description = "Never present; as in `User`", example = "[\"posts\"]") @Nullable
        List<String> degraded) {

    static final String PENDING_EMAIL = "A new address that waits for its confirmation by a mailed link";

    /** @param registered the posts of the registration; null if there were none in the request */
    static MeView of(UserSnapshot user, @Nullable List<PostView> registered) {
        return new MeView(
                user.id(),
                user.name(),
                user.email(),
                user.emailVerified(),
                user.pendingEmail(),
                user.roles(),
                user.createdAt(),
                user.updatedAt(),
                registered == null ? null : new IncludedPosts(registered),
                null);
    }
}
