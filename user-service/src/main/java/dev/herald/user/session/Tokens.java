package dev.herald.user.session;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The response to login and refresh (RFC 6750, section 4). {@code toString} hides the tokens.
 *
 * @param refreshToken null if it is in a cookie
 * @param expiresIn seconds until the access token expires
 * @param refreshExpiresIn seconds until the refresh token expires
 */
record Tokens(
        @Schema(example = "eyJraWQiOiIw…") String accessToken,
        @Schema(example = "Bearer") String tokenType,
        @Schema(example = "900") long expiresIn,

        @Schema(description = "Absent if the request asks for a cookie", example = "jvY3gq0bYxk…") @Nullable
        String refreshToken,

        @Schema(example = "2592000") long refreshExpiresIn) {

    Tokens withoutRefreshToken() {
        return new Tokens(accessToken, tokenType, expiresIn, null, refreshExpiresIn);
    }

    @Override
    public String toString() {
        return "Tokens[]";
    }
}
