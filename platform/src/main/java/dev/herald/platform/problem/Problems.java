package dev.herald.platform.problem;

import dev.herald.platform.problem.ProblemDocument.InvalidField;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatusCode;

/** Writes problem documents from the catalogue, with the trace id of the current request. */
public final class Problems {

    private final ProblemCatalog catalog;
    private final ObjectProvider<Tracer> tracer;

    Problems(ProblemCatalog catalog, ObjectProvider<Tracer> tracer) {
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
        return of(
                switch (status.value()) {
                    case 403 -> "forbidden";
                    case 404 -> "not-found";
                    case 405 -> "method-not-allowed";
                    case 406 -> "not-acceptable";
                    case 408 -> "request-timeout";
                    case 413 -> "content-too-large";
                    case 414 -> "uri-too-long";
                    case 415 -> "unsupported-media-type";
                    case 429 -> "rate-limited";
                    case 431 -> "headers-too-large";
                    case 502, 503 -> "upstream-unavailable";
                    case 504 -> "upstream-timeout";
                    default -> status.is4xxClientError() ? "malformed-request" : "internal-error";
                },
                instance);
    }

    ProblemDocument of(ProblemException fact, String instance) {
        List<InvalidField> errors = fact.errors();
        return of(fact.code(), fact.detail(), instance, errors.isEmpty() ? null : errors);
    }

    ProblemDocument invalid(List<InvalidField> errors, String instance) {
        return of("validation-failed", catalog.get("validation-failed").meaning(), instance, errors);
    }

    private ProblemDocument of(String code, String detail, String instance, @Nullable List<InvalidField> errors) {
        ProblemCatalog.Entry entry = catalog.get(code);
        return new ProblemDocument(
                "/problems/" + code, entry.title(), entry.status(), detail, instance, code, traceId(), errors);
    }

    private @Nullable String traceId() {
        Tracer current = tracer.getIfAvailable();
        Span span = current == null ? null : current.currentSpan();
        return span == null ? null : span.context().traceId();
    }
}
