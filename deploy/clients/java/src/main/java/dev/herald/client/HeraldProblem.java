package dev.herald.client;

import java.io.IOException;
import java.net.HttpRetryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The problem document (RFC 9457) that Herald returned for a failed call. Programs decide by {@link #code()}; Herald's page {@code
 * /problems} explains each code.
 */
public class HeraldProblem extends RuntimeException {

    /** The statuses after which the same call may succeed later. */
    private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);

    private final Document document;

    /** The fields of RFC 9457, and those that Herald adds. */
    record Document(
            String title,
            int status,
            String detail,
            String code,
            Optional<String> traceId,
            Optional<List<InvalidField>> errors) {}

    /** @param params the numbers of the violated rule, such as {@code min} and {@code max} */
    public record InvalidField(String field, String code, String message, Optional<Map<String, Object>> params) {}

    HeraldProblem(Document document) {
        super("%s: %s".formatted(document.code(), document.detail()), cause(document));
        this.document = document;
    }

    /** An {@link IOException} if the call may succeed later: the inbox then retries an event for ever, without counting attempts. */
    private static @Nullable IOException cause(Document document) {
        return TEMPORARY.contains(document.status())
                ? new HttpRetryException(document.title(), document.status())
                : null;
    }

    /** The problem's code. Codes are stable across releases, and a later release may add codes. */
    public String code() {
        return document.code();
    }

    public int status() {
        return document.status();
    }

    /** The trace id of the call in Herald's logs. */
    public Optional<String> traceId() {
        return document.traceId();
    }

    /** The invalid fields, for {@code validation-failed} and {@code email-taken}; empty for other codes. */
    public List<InvalidField> errors() {
        return document.errors().orElse(List.of());
    }
}
