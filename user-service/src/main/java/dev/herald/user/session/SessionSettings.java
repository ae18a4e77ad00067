package dev.herald.user.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param accessToken how long an access token lives
 * @param refreshToken how long a refresh token lives, and with it a session that is not used: no shorter than an access token,
 *     which would outlive its session
 * @param signingKey how long a key signs before the next one takes over
 * @param publishAhead how long a key is published before it signs: longer than verifiers keep what they know
 */
@Validated
@ConfigurationProperties("herald.session")
record SessionSettings(Duration accessToken, Duration refreshToken, Duration signingKey, Duration publishAhead) {

    private static final Duration SKEW = Duration.ofSeconds(60);

    SessionSettings {
        requirePositive(accessToken);
        requirePositive(refreshToken);
        requirePositive(signingKey);
        requirePositive(publishAhead);
        if (refreshToken.compareTo(accessToken) < 0) {
            throw new IllegalArgumentException(
                    "herald.session.refresh-token must not be shorter than herald.session.access-token");
        }
    }

    private static void requirePositive(Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("herald.session holds times, which must be positive");
        }
    }

    /** How long after its making the last access token is refused by every clock. */
    Duration accessTokenDeadAfter() {
        return accessToken.plus(SKEW);
    }
}
