package dev.herald.user.session;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The response to login and refresh (RFC 6750, section 4). {@code toString} hides the tokens.
 *
 * @param expiresIn seconds until the access token expires
 * @param refreshExpiresIn seconds until the refresh token expires
 */
record Tokens(
        @Schema(example = "eyJraWQiOiIw…") String accessToken,
        @Schema(example = "Bearer") String tokenType,
        @Schema(example = "900") long expiresIn,
        @Schema(example = "jvY3gq0bYxk…") String refreshToken,
        @Schema(example = "2592000") long refreshExpiresIn) {

    @Override
    public String toString() {
        return "Tokens[]";
    }
}
