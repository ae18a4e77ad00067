package dev.herald.gateway.access;

import dev.herald.gateway.route.Routes;
import io.micrometer.common.KeyValue;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Tags the metrics and the span of a request with the pattern of its route, even if the request was refused before the
 * route was matched. Spring sets this tag for controllers only.
 */
@Component
class RequestObservation extends DefaultServerRequestObservationConvention {

    private static final String URI = "uri";

    private final Routes routes;

    RequestObservation(Routes routes) {
        this.routes = routes;
    }

    @Override
    protected KeyValue uri(ServerRequestObservationContext request) {
        ServerHttpRequest received = request.getCarrier();
        if (request.getPathPattern() != null || received == null) {
            return super.uri(request);
        }
        Object matched = request.getAttributes().get(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
        return matched == null ? refused(received, request) : KeyValue.of(URI, matched.toString());
    }

    /** The outcome by the status, even if the connection was closed later; Spring would report {@code UNKNOWN}. */
    @Override
    protected KeyValue outcome(ServerRequestObservationContext request) {
        ServerHttpResponse response = request.getResponse();
        if (!request.isConnectionAborted() || response == null || !response.isCommitted()) {
            return super.outcome(request);
        }
        HttpStatusCode status = response.getStatusCode();
        HttpStatus.Series series =
                status == null ? HttpStatus.Series.SUCCESSFUL : HttpStatus.Series.resolve(status.value());
        return KeyValue.of(
                "outcome",
                series == null ? "UNKNOWN" : series == HttpStatus.Series.SUCCESSFUL ? "SUCCESS" : series.name());
    }

    @Override
    public @Nullable String getContextualName(ServerRequestObservationContext request) {
        String name = super.getContextualName(request);
        Object matched = request.getAttributes().get(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
        return matched == null || request.getPathPattern() != null ? name : name + " " + matched;
    }

    private KeyValue refused(ServerHttpRequest received, ServerRequestObservationContext request) {
        PathContainer path =
                PathContainer.parsePath(unversioned(received.getPath().value()));
        return routes.patternOf(path)
                .map(pattern -> KeyValue.of(URI, pattern.getPatternString()))
                .orElseGet(() -> super.uri(request));
    }

    /** Removes the version, because the request may have been refused before {@code ApiVersionFilter} removed it. */
    private static String unversioned(String path) {
        return path.replaceFirst("^/api/v\\d+/", "/api/");
    }
}
