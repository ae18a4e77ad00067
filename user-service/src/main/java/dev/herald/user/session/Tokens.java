package dev.herald.user.session;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What a login and each refresh give (RFC 6750, section 4). Its {@code toString} keeps the tokens to itself.
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
