package dev.herald.platform.request;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.IdGenerator;

/** The {@code X-Request-Id} of a request: the caller's if it is safe in a log line, otherwise a UUIDv7. */
public final class RequestIds {

    public static final String HEADER = "X-Request-Id";

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private final IdGenerator ids;

    public RequestIds(IdGenerator ids) {
        this.ids = ids;
    }

    /** @param sent the caller's header; null if there is none */
    public String of(@Nullable String sent) {
        return sent != null && ACCEPTED.matcher(sent).matches()
                ? sent
                : ids.generateId().toString();
    }
}
