package dev.herald.user.session;

import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.InvalidValue;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * The refresh token is a cookie that scripts cannot read.
 *
 * @param secure whether the cookie has the prefix {@code __Host-}, which needs {@code Secure} (RFC 6265bis, section
 *     4.1.3.2)
 * @param cookie the token in the received cookie
 */
record CookieTransport(boolean secure, Optional<RefreshToken> cookie) implements TokenTransport {

    private static final String NAME = "herald-refresh";

    private static final InvalidValue IN_THE_COOKIE =
            new InvalidValue(FieldCode.INVALID_VALUE, "must be absent if the token is in a cookie");

    static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }

    /** Returns an empty token if there is no cookie; it is refused like an unknown one. */
    @Override
    public RefreshToken received(@Nullable RefreshRequest body) {
        requireNoToken(body);
        return cookie.orElseGet(() -> new RefreshToken(""));
    }

    @Override
    public void requireNoToken(byte @Nullable [] body, JsonMapper json) {
        requireNoToken(RefreshRequest.read(body, json));
    }

    private static void requireNoToken(@Nullable RefreshRequest body) {
        if (body != null && body.refreshToken() != null) {
            throw new InvalidInput("refreshToken", IN_THE_COOKIE);
        }
    }

    @Override
    public ResponseEntity<Tokens> send(Tokens tokens) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.SET_COOKIE,
                        cookie(tokens.refreshToken(), Duration.ofSeconds(tokens.refreshExpiresIn())))
                .body(tokens.withoutRefreshToken());
    }

    @Override
    public ResponseEntity<Void> forget() {
        return ResponseEntity.noContent()
                .header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO))
                .build();
    }

    private String cookie(@Nullable String value, Duration maxAge) {
        return ResponseCookie.from(name(secure), value)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Strict")
                .path("/")
                .maxAge(maxAge)
                .build()
                .toString();
    }
}
