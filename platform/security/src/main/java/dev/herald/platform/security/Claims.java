package dev.herald.platform.security;

/** The claims of an access token that are not registered in RFC 7519, and the audience. */
public final class Claims {

    /** The value of {@code aud}, which stands for all services of Herald. */
    public static final String AUDIENCE = "herald";

    public static final String EMAIL = "email";
    public static final String ROLES = "roles";

    /** The session (OpenID Connect Front-Channel Logout 1.0, section 3). */
    public static final String SESSION = "sid";

    private Claims() {}
}
