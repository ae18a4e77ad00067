package dev.herald.platform.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans within a request's trace, and continues the trace in later work: rows such as events in the outbox and
 * queued emails store it as W3C {@code traceparent}.
 */
public final class Traces {

    private final Tracer tracer;
    private final Propagator propagator;

    Traces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    public static Traces none() {
        return new Traces(Tracer.NOOP, Propagator.NOOP);
    }

    /** Whether there is a current span and it is exported. */
    public boolean isSampled() {
        Span current = tracer.currentSpan();
        return current != null && Boolean.TRUE.equals(current.context().sampled());
    }

    /** Runs the work in a new span if the request is sampled, otherwise without one. */
    public <T extends @Nullable Object> T span(String name, Supplier<T> work) {
        if (!isSampled()) {
            return work.get();
        }
        Span span = start(name);
        try (SpanInScope _ = enter(span)) {
            return work.get();
        } catch (RuntimeException e) {
            span.error(e);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Starts a child of the current span. */
    Span start(String name) {
        return tracer.nextSpan().name(name).start();
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

    /** Builds a span in the trace that the headers name; a no-op span if there are no headers. */
    public Span.Builder continuing(Map<String, String> headers) {
        return headers.isEmpty() ? Span.Builder.NOOP : propagator.extract(headers, Map::get);
    }

    /** Makes the span current until the scope is closed. */
    public SpanInScope enter(Span span) {
        return tracer.withSpan(span);
    }
}
