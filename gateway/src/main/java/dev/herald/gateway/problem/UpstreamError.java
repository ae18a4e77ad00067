package dev.herald.gateway.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ResponseStatusException;

/** An error response that is not JSON, such as an HTML page. The service's web server made it, not the service. */
public final class UpstreamError extends ResponseStatusException {

    /** The headers that are copied to the problem document. */
    private static final List<String> KEPT =
            List.of(HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE);

    private final HttpHeaders headers = new HttpHeaders();

    public UpstreamError(HttpStatusCode status, HttpHeaders answer) {
        super(status);
        KEPT.forEach(name -> answer.getOrEmpty(name).forEach(value -> headers.add(name, value)));
    }

    public static boolean is(@Nullable HttpStatusCode status, HttpHeaders answer) {
        if (status == null || !status.isError()) {
            return false;
        }
        String type = answer.getFirst(HttpHeaders.CONTENT_TYPE);
        return type == null || (!type.startsWith("application/problem+json") && !type.startsWith("application/json"));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }
}
