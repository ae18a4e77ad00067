package dev.herald.platform.problem;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The codes of {@code problems.json}, in alphabetical order. */
public enum ProblemCode {
    AUTHENTICATION_REQUIRED,
    CONCURRENT_UPDATE,
    CONTENT_TOO_LARGE,
    EMAIL_CHANGE_NEEDS_CONFIRMATION,
    EMAIL_NOT_VERIFIED,
    EMAIL_TAKEN,
    EXPECTATION_FAILED,
    FORBIDDEN,
    HEADERS_TOO_LARGE,
    IDEMPOTENCY_KEY_IN_USE,
    IDEMPOTENCY_KEY_REUSED,
    INTERNAL_ERROR,
    INVALID_CREDENTIALS,
    INVALID_CURSOR,
    INVALID_TOKEN,
    MALFORMED_REQUEST,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    NOTIFICATION_NOT_FAILED,
    NOTIFICATION_NOT_FOUND,
    ORIGIN_NOT_ALLOWED,
    OVERLOADED,
    POST_NOT_FOUND,
    PRECONDITION_FAILED,
    RATE_LIMITED,
    REFRESH_TOKEN_INVALID,
    REFRESH_TOKEN_REUSED,
    REQUEST_TIMEOUT,
    SESSION_NOT_FOUND,
    TOKEN_EXPIRED,
    TOKEN_EXPIRED_OR_USED,
    TOKEN_REVOKED,
    TOO_MANY_ATTEMPTS,
    UNSUPPORTED_API_VERSION,
    UNSUPPORTED_MEDIA_TYPE,
    UPSTREAM_TIMEOUT,
    UPSTREAM_UNAVAILABLE,
    URI_TOO_LONG,
    USER_NOT_FOUND,
    VALIDATION_FAILED,
    WRONG_PASSWORD;

    /** The code as clients see it, in kebab case. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
