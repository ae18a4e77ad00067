package dev.herald.gateway.filter;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Returns the trace of the request in {@code traceresponse} (W3C Trace Context Level 2). */
class TraceResponseFilter implements WebFilter {

    static final String HEADER = "traceresponse";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(request -> request.<TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .ifPresent(span -> exchange.getResponse().getHeaders().set(HEADER, value(span.context())));
        return chain.filter(exchange);
    }

    private static String value(TraceContext trace) {
        String flags = Boolean.TRUE.equals(trace.sampled()) ? "01" : "00";
        return "00-" + trace.traceId() + "-" + trace.spanId() + "-" + flags;
    }
}
