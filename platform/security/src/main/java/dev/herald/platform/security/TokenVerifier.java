package dev.herald.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import dev.herald.platform.problem.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Checks access tokens: RS256 with a published key, issuer, audience, times, and whether the session has ended. A
 * verified signature is cached for as long as the keys are; times, session and key are checked in every request.
 */
public final class TokenVerifier implements JwtDecoder {

    /** The largest accepted difference between two machines' clocks. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    private static final String BEARER = "Bearer ";
    private static final String KID = "kid";

    /** The size of the cache; this many tokens take some megabytes of memory. */
    private static final int REMEMBERED_TOKENS = 2_000;

    private final JWKSource<SecurityContext> keys;
    private final NimbusJwtDecoder decoder;
    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(REMEMBERED_TOKENS)
            .expireAfterWrite(SecurityAutoConfiguration.KEYS_FRESH_FOR)
            .build();
    private final RevokedSessions revoked;
    private final WithdrawnKeys withdrawn;
    private final Clock clock;

    private record Verified(AccessToken token, String kid, Instant notBefore, Instant expiry) {}

    TokenVerifier(
            JWKSource<SecurityContext> keys,
            String issuer,
            RevokedSessions revoked,
            WithdrawnKeys withdrawn,
            Clock clock) {
        this.keys = keys;
        this.decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithm(SignatureAlgorithm.RS256)
                .build();
        this.decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                JwtTypeValidator.jwt(),
                new JwtIssuerValidator(issuer),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(Claims.AUDIENCE)))));
        this.revoked = revoked;
        this.withdrawn = withdrawn;
        this.clock = clock;
    }

    /** Whether the token's signature was verified and is in the cache. */
    public boolean remembers(String token) {
        return verified.getIfPresent(token) != null;
    }

    /** The token of a header {@code Authorization} if its signature is in the cache; otherwise null. */
    public @Nullable String rememberedIn(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return null;
        }
        String token = authorization.substring(BEARER.length());
        return remembers(token) ? token : null;
    }

    /** @throws BadJwtException if the token is refused; if it is a {@link TokenRefused}, it has the problem's code */
    @Override
    public Jwt decode(String token) {
        Verified known = verified.getIfPresent(token);
        if (known == null) {
            known = verify(token);
            verified.put(token, known);
        }
        if (withdrawn.contains(known.kid())) {
            verified.invalidate(token);
            throw new TokenRefused(ProblemCode.INVALID_TOKEN);
        }
        Instant now = clock.instant();
        if (now.isAfter(known.expiry().plus(SKEW))) {
            verified.invalidate(token);
            throw new TokenRefused(ProblemCode.TOKEN_EXPIRED);
        }
        if (now.isBefore(known.notBefore().minus(SKEW))) {
            throw new TokenRefused(ProblemCode.INVALID_TOKEN);
        }
        if (revoked.contains(known.token().caller().sessionId())) {
            throw new TokenRefused(ProblemCode.TOKEN_REVOKED);
        }
        return known.token();
    }

    private Verified verify(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            // Refuses a token without a kid, because it would be checked with every known key, also a withdrawn one.
            if (jwt.getExpiresAt() == null || !(jwt.getHeaders().get(KID) instanceof String kid)) {
                throw new TokenRefused(ProblemCode.INVALID_TOKEN);
            }
            Instant notBefore = jwt.getNotBefore() == null ? Instant.EPOCH : jwt.getNotBefore();
            return new Verified(new AccessToken(jwt), kid, notBefore, jwt.getExpiresAt());
        } catch (BadJwtException | IllegalArgumentException e) {
            throw new TokenRefused(ProblemCode.INVALID_TOKEN, e);
        } catch (JwtException e) {
            if (e.getCause() instanceof RateLimitReachedException && hasKeys()) {
                // No published key has this id: the limit of fetches is reached, so the keys are at most a second old,
                // and a key is published before it signs. So Herald has not signed the token.
                throw new TokenRefused(ProblemCode.INVALID_TOKEN, e);
            }
            // Without keys the token cannot be verified.
            throw new TokenRefused(ProblemCode.UPSTREAM_UNAVAILABLE, e);
        }
    }

    private boolean hasKeys() {
        try {
            return !fetchKeys().isEmpty();
        } catch (KeySourceException e) {
            return false;
        }
    }

    List<JWK> fetchKeys() throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), new SimpleSecurityContext());
    }
}
