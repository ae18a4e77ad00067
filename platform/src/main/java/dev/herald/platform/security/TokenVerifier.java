package dev.herald.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks access tokens: RS256 by one of user-service's keys, times, issuer, audience, and that the session has not ended.
 * A signature that was right once stays right, so that it is computed once; everything else is looked at every time.
 */
final class TokenVerifier implements JwtDecoder {

    /** How far the clocks of two machines may differ. */
    static final Duration SKEW = Duration.ofSeconds(60);

    /** A few megabytes. */
    private static final int REMEMBERED_TOKENS = 2_000;

    private final NimbusJwtDecoder signatures;
    private final Cache<String, Jwt> verified;
    private final OAuth2TokenValidator<Jwt> claims;
    private final RevokedSessions revoked;
    private final Clock clock;

    TokenVerifier(JWKSource<SecurityContext> keys, String issuer, RevokedSessions revoked, Clock clock) {
        this.signatures = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        this.signatures.setJwtValidator(token -> OAuth2TokenValidatorResult.success());
        this.verified = Caffeine.newBuilder().maximumSize(REMEMBERED_TOKENS).build();
        JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
        times.setClock(clock);
        OAuth2TokenValidator<Jwt> audience = new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, named -> named != null && named.contains(Claims.AUDIENCE));
        this.claims = JwtValidators.createDefaultWithValidators(
                List.of(JwtTypeValidator.jwt(), times, new JwtIssuerValidator(issuer), audience));
        this.revoked = revoked;
        this.clock = clock;
    }

    /** @throws BadJwtException if the token opens nothing: a {@link TokenRefused} where the reason has a code of its own */
    @Override
    public Jwt decode(String token) {
        Jwt jwt = verified.getIfPresent(token);
        if (jwt == null) {
            jwt = verify(token);
            verified.put(token, jwt);
        }
        Instant expiry = jwt.getExpiresAt();
        if (expiry == null) {
            throw new TokenRefused("invalid-token");
        }
        if (clock.instant().isAfter(expiry.plus(SKEW))) {
            verified.invalidate(token);
            throw new TokenRefused("token-expired");
        }
        if (claims.validate(jwt).hasErrors()) {
            throw new TokenRefused("invalid-token");
        }
        if (revoked.contains(caller(jwt).sessionId())) {
            throw new TokenRefused("token-revoked");
        }
        return jwt;
    }

    private Jwt verify(String token) {
        try {
            return signatures.decode(token);
        } catch (BadJwtException e) {
            throw new TokenRefused("invalid-token", e);
        } catch (JwtException e) {
            // No keys to be had: the token may well be good, but nobody here can tell.
            throw new TokenRefused("upstream-unavailable", e);
        }
    }

    private static Caller caller(Jwt jwt) {
        try {
            return Caller.of(jwt);
        } catch (IllegalArgumentException e) {
            throw new TokenRefused("invalid-token", e);
        }
    }
}
