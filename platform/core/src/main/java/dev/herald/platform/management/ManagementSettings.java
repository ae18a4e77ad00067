package dev.herald.platform.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * The setting of the management port; {@code toString} hides the token.
 *
 * @param token the bearer token that the management port requires; null or empty if it requires none
 */
@ConfigurationProperties("herald.management")
public record ManagementSettings(@Nullable String token) {

    /** The authentication scheme, which is also the {@code WWW-Authenticate} header of a refused request. */
    static final String SCHEME = "Bearer";

    private static final String PREFIX = SCHEME + " ";

    private static final String HEALTH = "/actuator/health";

    private static final Set<String> OPEN = Set.of(HEALTH, "/actuator/info", "/actuator/prometheus");

    boolean hasToken() {
        return StringUtils.hasText(token);
    }

    /** The header {@code Authorization} for calls to other services' management ports; empty without a token. */
    public Optional<String> authorization() {
        return hasToken() ? Optional.of(PREFIX + token) : Optional.empty();
    }

    boolean admits(String path, @Nullable String authorization) {
        return isOpen(path)
                || token == null
                || !hasToken()
                || (authorization != null && isBearer(token, authorization));
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path) || path.startsWith(HEALTH + "/");
    }

    /** Compares in constant time, so that the time of a response does not reveal the token. */
    private static boolean isBearer(String token, String authorization) {
        return authorization.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
                && MessageDigest.isEqual(
                        token.getBytes(UTF_8),
                        authorization.substring(PREFIX.length()).strip().getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "ManagementSettings[]";
    }
}
