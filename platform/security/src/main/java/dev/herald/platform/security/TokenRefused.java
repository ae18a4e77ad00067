package dev.herald.platform.security;

import org.springframework.security.oauth2.jwt.BadJwtException;

/** An access token is refused. */
final class TokenRefused extends BadJwtException {

    private final String code;

    /** @param code the problem's code, such as {@code token-expired} */
    TokenRefused(String code) {
        super(code);
        this.code = code;
    }

    TokenRefused(String code, Throwable cause) {
        super(code, cause);
        this.code = code;
    }

    String code() {
        return code;
    }
}
