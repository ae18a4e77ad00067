package dev.herald.client;

import java.io.IOException;
import java.net.HttpRetryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Herald's answer to a call that failed: a problem document (RFC 9457). Programs decide by its {@link #code()}, which the
 * page {@code /problems} of Herald explains.
 */
public class HeraldProblem extends RuntimeException {

    /** The call may succeed later: 429, 502, 503 and 504. */
    private static final Set<Integer> TEMPORARY = Set.of(429, 502, 503, 504);

    private final Document document;

    /** The fields of RFC 9457 and Herald's own. */
    record Document(
            String title,
            int status,
            String detail,
            String code,
            Optional<String> traceId,
            Optional<List<InvalidField>> errors) {}

    /** @param params the numbers of the rule, such as {@code min} and {@code max} */
    public record InvalidField(String field, String code, String message, Optional<Map<String, Object>> params) {}

    HeraldProblem(Document document) {
        super("%s: %s".formatted(document.code(), document.detail()), cause(document));
        this.document = document;
    }

    /** The inbox waits for ever, without counting attempts, where an {@link IOException} is the cause of a failure. */
    private static @Nullable IOException cause(Document document) {
        return TEMPORARY.contains(document.status())
                ? new HttpRetryException(document.title(), document.status())
                : null;
    }

    /** Stable across releases; a later release may add others. */
    public String code() {
        return document.code();
    }

    public int status() {
        return document.status();
    }

    /** The id under which Herald's logs know the call. */
    public Optional<String> traceId() {
        return document.traceId();
    }

    /** What is wrong with which field, for {@code validation-failed} and {@code email-taken}. */
    public List<InvalidField> errors() {
        return document.errors().orElse(List.of());
    }
}
