package dev.herald.platform.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.Tracer.SpanInScope;
import io.micrometer.tracing.propagation.Propagator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Traces that go on after the request that they began with has ended: kept as text (W3C's {@code traceparent}) with what is left to do,
 * and taken up again when it is done.
 */
public final class Traces {

    private final Tracer tracer;
    private final Propagator propagator;

    Traces(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** Where the trace of what is going on now stands, as headers by their names; none where there is no trace. */
    public Map<String, String> keep() {
        Span current = tracer.currentSpan();
        return current == null ? Map.of() : keep(current);
    }

    /** The same for a span that was taken up; one that is not sampled says so to those who follow. */
    public Map<String, String> keep(Span span) {
        Map<String, String> kept = new TreeMap<>();
        propagator.inject(span.context(), kept, (carrier, name, value) -> kept.put(name, value));
        return kept;
    }

    /** A span that follows what was kept; if nothing was, a no-op span. */
    public Span.Builder takeUp(Map<String, String> kept) {
        return kept.isEmpty() ? Span.Builder.NOOP : propagator.extract(kept, Map::get);
    }

    /** Makes a span the current one, for log lines among others, until it is closed. */
    public SpanInScope enter(Span span) {
        return tracer.withSpan(span);
    }
}
