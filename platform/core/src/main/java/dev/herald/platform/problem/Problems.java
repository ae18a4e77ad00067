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

public final class Problems {

    private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    private final ProblemCatalog catalog;
    private final ObjectProvider<Tracer> tracer;

    public Problems(ProblemCatalog catalog, ObjectProvider<Tracer> tracer) {
        this.catalog = catalog;
        this.tracer = tracer;
    }

    /** @param instance the request's path */
    public ProblemDocument of(ProblemCode code, String detail, String instance) {
        return of(code, detail, instance, null);
    }

    /** The detail is the meaning in the catalogue. */
    public ProblemDocument of(ProblemCode code, String instance) {
        return of(code, catalog.get(code).meaning(), instance, null);
    }

    /** The problem of a framework's error, which has only an HTTP status. */
    public ProblemDocument of(HttpStatusCode status, String instance) {
        return of(code(status), instance);
    }

    /**
     * The problem of a request that the server refused before any filter, so that it has no span.
     *
     * @param traceparent the request's header of this name (W3C Trace Context); null if it is absent or was not read
     */
    public ProblemDocument of(HttpStatusCode status, String instance, @Nullable String traceparent) {
        ProblemCatalog.Entry entry = catalog.get(code(status));
        return entry.document(entry.meaning(), instance, traceId(traceparent), null);
    }

    private static ProblemCode code(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> ProblemCode.AUTHENTICATION_REQUIRED;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 408 -> ProblemCode.REQUEST_TIMEOUT;
            case 413 -> ProblemCode.CONTENT_TOO_LARGE;
            case 414 -> ProblemCode.URI_TOO_LONG;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            case 417 -> ProblemCode.EXPECTATION_FAILED;
            case 429 -> ProblemCode.RATE_LIMITED;
            case 431 -> ProblemCode.HEADERS_TOO_LARGE;
            case 502, 503 -> ProblemCode.UPSTREAM_UNAVAILABLE;
            case 504 -> ProblemCode.UPSTREAM_TIMEOUT;
            // A method, an HTTP version or a transfer coding that the server does not implement.
            case 501, 505 -> ProblemCode.MALFORMED_REQUEST;
            default -> status.is4xxClientError() ? ProblemCode.MALFORMED_REQUEST : ProblemCode.INTERNAL_ERROR;
        };
    }

    public ProblemDocument of(ProblemException fact, String instance) {
        List<InvalidField> errors = fact.errors();
        return of(fact.code(), fact.detail(), instance, errors.isEmpty() ? null : errors);
    }

    public ProblemDocument invalid(List<InvalidField> errors, String instance) {
        return of(
                ProblemCode.VALIDATION_FAILED,
                catalog.get(ProblemCode.VALIDATION_FAILED).meaning(),
                instance,
                errors);
    }

    private ProblemDocument of(ProblemCode code, String detail, String instance, @Nullable List<InvalidField> errors) {
        return catalog.get(code).document(detail, instance, traceId(), errors);
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
