package dev.herald.platform.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code idempotency}.
 *
 * @param fingerprint HMAC-SHA256 of the request's body, which may contain a password, in hexadecimal
 * @param body the response's JSON
 */
record StoredAnswer(
        String fingerprint,
        int status,
        @Nullable String location,
        @Nullable String etag,
        String body) {}
