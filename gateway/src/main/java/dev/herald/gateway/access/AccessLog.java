package dev.herald.gateway.access;

import dev.herald.platform.request.RequestIds;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Logs one line for every request, with the template of its path, such as {@code /api/users/{id}}. Leaves out the
 * query, the token and the body, because they may contain secrets or personal data. To turn the log off, set the logger
 * {@code dev.herald.gateway.access} to {@code off}.
 */
@Component
class AccessLog implements ObservationHandler<ServerRequestObservationContext> {

    private static final String NONE = "-";

    private record Start(long nanos) {}

    private final AccessLines lines;

    AccessLog(AccessLines lines) {
        this.lines = lines;
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    @Override
    public void onStart(ServerRequestObservationContext request) {
        if (lines.areEnabled()) {
            request.put(Start.class, new Start(System.nanoTime()));
        }
    }

    @Override
    public void onStop(ServerRequestObservationContext request) {
        Start start = request.get(Start.class);
        if (start == null || !lines.areEnabled()) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start.nanos());
        String method = value(request.getLowCardinalityKeyValue("method"));
        String path = value(request.getLowCardinalityKeyValue("uri"));
        String status = status(request);
        String requestId = requestId(request.getResponse());
        String traceId = traceId(request);
        String client = client(request);
        lines.add(
                "{} {} {} in {} ms, request {}, trace {}, client {}",
                List.of(method, path, status, took.toMillis(), requestId, traceId, client),
                List.of(
                        new KeyValuePair("http.request.method", method),
                        new KeyValuePair("http.route", path),
                        new KeyValuePair("http.response.status_code", status),
                        new KeyValuePair("event.duration", took.toNanos()),
                        new KeyValuePair("client.ip", client)),
                Map.of("traceId", traceId, "requestId", requestId));
    }

    private static String value(@Nullable KeyValue label) {
        return label == null ? NONE : label.getValue();
    }

    private static String status(ServerRequestObservationContext request) {
        ServerHttpResponse response = request.getResponse();
        if (response == null || (request.isConnectionAborted() && !response.isCommitted())) {
            return NONE;
        }
        HttpStatusCode status = response.getStatusCode();
        return status == null ? "200" : Integer.toString(status.value());
    }

    private static String requestId(@Nullable ServerHttpResponse response) {
        String id = response == null ? null : response.getHeaders().getFirst(RequestIds.HEADER);
        return id == null ? NONE : id;
    }

    private static String traceId(ServerRequestObservationContext request) {
        TracingContext tracing = request.get(TracingContext.class);
        return tracing == null || tracing.getSpan() == null
                ? NONE
                : tracing.getSpan().context().traceId();
    }

    private static String client(ServerRequestObservationContext request) {
        ServerHttpRequest received = request.getCarrier();
        InetSocketAddress address = received == null ? null : received.getRemoteAddress();
        return address == null ? NONE : address.getHostString();
    }
}
