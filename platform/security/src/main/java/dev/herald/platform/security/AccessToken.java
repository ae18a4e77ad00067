package dev.herald.platform.security;

import org.springframework.security.oauth2.jwt.Jwt;

/** A verified token with its caller, so that the claims are parsed once. */
final class AccessToken extends Jwt {

    private static final long serialVersionUID = 1;

    private final transient Caller caller;

    /** @throws IllegalArgumentException if the token is not from a login */
    AccessToken(Jwt token) {
        super(token.getTokenValue(), token.getIssuedAt(), token.getExpiresAt(), token.getHeaders(), token.getClaims());
        this.caller = Caller.of(token);
    }

    Caller caller() {
        return caller;
    }
}
