package dev.herald.platform.error;

import dev.herald.platform.problem.ProblemDocument;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

public final class ProblemWriter {

    private static final String RETRY_AFTER = "2"; // seconds

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Replaces the body that was written so far; does nothing if the response is committed. */
    public void write(ProblemDocument problem, HttpHeaders headers, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        headers.forEach((name, values) -> set(response, name, values));
        if (isUnavailable(problem.status()) && !response.containsHeader(HttpHeaders.RETRY_AFTER)) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        }
        // Spring Security adds this header, but not to requests that its firewall refuses.
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    private static void set(HttpServletResponse response, String name, List<String> values) {
        response.setHeader(name, values.getFirst());
        values.stream().skip(1).forEach(value -> response.addHeader(name, value));
    }

    private static boolean isUnavailable(int status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE.value() || status == HttpStatus.GATEWAY_TIMEOUT.value();
    }
}
