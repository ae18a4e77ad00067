package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatusCode;

/** Writes problem documents from the catalogue, with the trace id of the current request. */
public final class Problems {

    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private final ProblemCatalog catalog;
    private final ObjectProvider<Tracer> tracer;

    public Problems(ProblemCatalog catalog, ObjectProvider<Tracer> tracer) {
        this.catalog = catalog;
        this.tracer = tracer;
    }

    /** @param instance the request's path */
    public ProblemDocument of(String code, String detail, String instance) {
        return of(code, detail, instance, null);
    }

    /** The same with the catalogue's own sentence as detail. */
    public ProblemDocument of(String code, String instance) {
        return of(code, catalog.get(code).meaning(), instance, null);
    }

    /** The problem for what a framework reports with nothing but an HTTP status. */
    public ProblemDocument of(HttpStatusCode status, String instance) {
        return of(code(status), instance);
    }

    /**
     * The same for a request that has no span, as it never reached a filter.
     *
     * @param traceparent the request's header, if it was read: its trace is the request's (W3C Trace Context)
     */
    public ProblemDocument of(HttpStatusCode status, String instance, @Nullable String traceparent) {
        ProblemCatalog.Entry entry = catalog.get(code(status));
        return of(entry, entry.meaning(), instance, traceId(traceparent), null);
    }

    private static String code(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> "authentication-required";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 406 -> "not-acceptable";
            case 408 -> "request-timeout";
            case 413 -> "content-too-large";
            case 414 -> "uri-too-long";
            case 415 -> "unsupported-media-type";
            case 417 -> "expectation-failed";
            case 429 -> "rate-limited";
            case 431 -> "headers-too-large";
            case 502, 503 -> "upstream-unavailable";
            case 504 -> "upstream-timeout";
            // A method or a version of HTTP, or a transfer coding, that the server does not implement.
            case 501, 505 -> "malformed-request";
            default -> status.is4xxClientError() ? "malformed-request" : "internal-error";
        };
    }

    public ProblemDocument of(ProblemException fact, String instance) {
        List<InvalidField> errors = fact.errors();
        return of(fact.code(), fact.detail(), instance, errors.isEmpty() ? null : errors);
    }

    public ProblemDocument invalid(List<InvalidField> errors, String instance) {
        return of("validation-failed", catalog.get("validation-failed").meaning(), instance, errors);
    }

    private ProblemDocument of(String code, String detail, String instance, @Nullable List<InvalidField> errors) {
        return of(catalog.get(code), detail, instance, traceId(), errors);
    }

    private static ProblemDocument of(
            ProblemCatalog.Entry entry,
            String detail,
            String instance,
            @Nullable String traceId,
            @Nullable List<InvalidField> errors) {
        String type = "/problems/" + entry.code();
        return new ProblemDocument(
                type, entry.title(), entry.status(), detail, instance, entry.code(), traceId, errors);
    }

    private @Nullable String traceId(@Nullable String traceparent) {
        Matcher caller = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        if (caller.matches()) {
            return caller.group(1);
        }
        Tracer current = tracer.getIfAvailable();
        return current == null ? null : current.nextSpan().context().traceId();
    }

    private @Nullable String traceId() {
        Tracer current = tracer.getIfAvailable();
        Span span = current == null ? null : current.currentSpan();
        return span == null ? null : span.context().traceId();
    }
}
