package dev.herald.platform.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Continues the trace of a request after the request has ended: the trace is stored as W3C {@code traceparent} with the work
 * that is left.
 */
public final class Traces {

    private final Tracer tracer;
    private final Propagator propagator;

    Traces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The current trace as headers by their names; empty if there is none. */
    public Map<String, String> headers() {
        Span current = tracer.currentSpan();
        return current == null ? Map.of() : headers(current);
    }

    /** The trace of the span as headers, with the sampling decision. */
    public Map<String, String> headers(Span span) {
        Map<String, String> headers = new TreeMap<>();
        propagator.inject(span.context(), headers, (carrier, name, value) -> headers.put(name, value));
        return headers;
    }

    /** A span in the trace that the headers name; a no-op span if there are none. */
    public Span.Builder continuing(Map<String, String> headers) {
        return headers.isEmpty() ? Span.Builder.NOOP : propagator.extract(headers, Map::get);
    }

    /** Makes the span current until the scope is closed. */
    public SpanInScope enter(Span span) {
        return tracer.withSpan(span);
    }
}
