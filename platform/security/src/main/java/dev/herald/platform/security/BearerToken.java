package dev.herald.platform.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.BearerTokenErrors;

/**
 * The header {@code Authorization: Bearer <token>} (RFC 6750, section 2.1) with one or more spaces (RFC 9110, section
 * 11.4); Spring Security accepts exactly one.
 */
public final class BearerToken {

    /** The authentication scheme; by itself it is the {@code WWW-Authenticate} header for a request without a token. */
    public static final String SCHEME = "Bearer";

    private static final Pattern CREDENTIALS = Pattern.compile(" +[A-Za-z0-9._~+/-]+=* *");

    private BearerToken() {}

    /** The header {@code WWW-Authenticate} for a refused token; the errors are those of RFC 6750, section 3.1. */
    public static String challenge(String error) {
        return "%s error=\"%s\"".formatted(SCHEME, error);
    }

    /**
     * The token; null if there are no credentials, or those of another scheme.
     *
     * @throws OAuth2AuthenticationException if the credentials are not a token
     */
    public static @Nullable String of(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String credentials = authorization.substring(SCHEME.length());
        if (!CREDENTIALS.matcher(credentials).matches()) {
            throw new OAuth2AuthenticationException(BearerTokenErrors.invalidToken("Bearer token is malformed"));
        }
        return credentials.strip();
    }
}
