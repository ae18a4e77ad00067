package dev.herald.platform.security;

import org.springframework.security.oauth2.jwt.Jwt;

/** A token that was verified, with the caller whom it names: they are read once, however often it is sent. */
final class AccessToken extends Jwt {

    private static final long serialVersionUID = 1;

    private final transient Caller caller;

    /** @throws IllegalArgumentException if the token is not one that a login gives */
    AccessToken(Jwt token) {
        super(token.getTokenValue(), token.getIssuedAt(), token.getExpiresAt(), token.getHeaders(), token.getClaims());
        this.caller = Caller.of(token);
    }

    Caller caller() {
        return caller;
    }
}
