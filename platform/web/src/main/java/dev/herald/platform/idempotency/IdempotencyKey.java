package dev.herald.platform.idempotency;

import dev.herald.platform.hash.Sha256;
import dev.herald.platform.problem.FieldCode;
import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.InvalidValue;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** @param scope SHA-256 of caller, method, path and key, in hexadecimal */
record IdempotencyKey(String scope) {

    static final String HEADER = "Idempotency-Key";

    private static final InvalidValue INVALID = new InvalidValue(
            FieldCode.INVALID_VALUE, "must be one key of 1 to 255 visible ASCII characters, bare or quoted");

    private static final String FORM = "[\\x21-\\x7e]{1,255}";

    /** @throws InvalidInput if the header is not a key, bare or quoted */
    static Optional<IdempotencyKey> of(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders(HEADER));
        if (headers.size() > 1) {
            throw new InvalidInput(HEADER, INVALID);
        }
        return headers.stream()
                .findFirst()
                .map(IdempotencyKey::unquoted)
                .map(key -> new IdempotencyKey(Sha256.hex(
                        String.join("\n", caller(request), request.getMethod(), request.getRequestURI(), key))));
    }

    private static String unquoted(String header) {
        String key = header.matches("\".*\"") ? header.substring(1, header.length() - 1) : header;
        if (!key.matches(FORM)) {
            throw new InvalidInput(HEADER, INVALID);
        }
        return key;
    }

    private static String caller(HttpServletRequest request) {
        Principal caller = request.getUserPrincipal();
        return caller == null ? "anonymous" : caller.getName();
    }

    /** The number of the advisory lock that a request with this key holds. */
    long lock() {
        return HexFormat.fromHexDigitsToLong(scope, 0, Long.BYTES * 2);
    }
}
