package dev.herald.user.keys;

import dev.herald.platform.security.TokenVerifier;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Lifetimes of tokens and keys.
 *
 * @param refreshToken also the lifetime of an unused session, so that it must not be shorter than {@code accessToken}
 * @param refreshReuseInterval how long after its first use a refresh token is accepted again; 0 turns this off
 * @param signingKey how long a key signs
 * @param publishAhead how long a key is published before it signs; must be longer than verifiers cache keys
 */
@Validated
@ConfigurationProperties("herald.session")
public record TokenSettings(
        Duration accessToken,
        Duration refreshToken,
        Duration refreshReuseInterval,
        Duration signingKey,
        Duration publishAhead) {

    public TokenSettings {
        requirePositive(accessToken);
        requirePositive(refreshToken);
        requirePositive(signingKey);
        requirePositive(publishAhead);
        if (refreshReuseInterval.isNegative()) {
            throw new IllegalArgumentException("herald.session.refresh-reuse-interval must not be negative");
        }
        if (refreshToken.compareTo(accessToken) < 0) {
            throw new IllegalArgumentException(
                    "herald.session.refresh-token must not be shorter than herald.session.access-token");
        }
    }

    private static void requirePositive(Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("The durations of herald.session must be positive");
        }
    }

    /** The age at which every verifier refuses an access token: its lifetime and the accepted clock difference. */
    public Duration accessTokenDeadAfter() {
        return accessToken.plus(TokenVerifier.SKEW);
    }
}
