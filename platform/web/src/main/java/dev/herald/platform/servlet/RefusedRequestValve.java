package dev.herald.platform.servlet;

import dev.herald.platform.error.ProblemWriter;
import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.request.RequestIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * Answers requests that Tomcat refuses before any filter, such as a broken request line or TRACE, with problem documents
 * instead of Tomcat's HTML pages.
 */
class RefusedRequestValve extends ErrorReportValve {

    private static final String UNREADABLE_PATH = "/";

    private final Problems problems;
    private final ProblemWriter writer;
    private final RequestIds ids;

    RefusedRequestValve(Problems problems, ProblemWriter writer, RequestIds ids) {
        this.problems = problems;
        this.writer = writer;
        this.ids = ids;
    }

    /** Does nothing if the response has begun or its error was reported already, as in Tomcat's method. */
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400
                || response.getContentWritten() > 0
                || !response.setErrorReported()
                || !isWritable(response)) {
            return;
        }
        String path = request.getRequestURI();
        ProblemDocument problem = problems.of(
                HttpStatusCode.valueOf(response.getStatus()),
                path == null ? UNREADABLE_PATH : path,
                request.getHeader("traceparent"));
        try {
            writer.write(problem, headers(request, response), response);
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The headers that filters would have added. */
    private HttpHeaders headers(Request request, Response response) {
        HttpHeaders headers = new HttpHeaders();
        if (!response.containsHeader(RequestIds.HEADER)) {
            headers.set(RequestIds.HEADER, ids.of(request.getHeader(RequestIds.HEADER)));
        }
        headers.setCacheControl("no-store");
        headers.set("X-Frame-Options", "DENY");
        return headers;
    }

    private static boolean isWritable(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
