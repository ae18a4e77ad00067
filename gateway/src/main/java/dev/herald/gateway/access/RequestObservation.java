package dev.herald.gateway.access;

import io.micrometer.common.KeyValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Names a request by the template of its path, which Spring does only for its own controllers: by what its route was matched with, or,
 * where it was refused before that, could have been.
 */
@Component
class RequestNames extends DefaultServerRequestObservationConvention {

    private static final String URI = "uri";

    private final List<PathPattern> routed;

    RequestNames(GatewayProperties gateway) {
        this.routed = gateway.getRoutes().stream()
                .flatMap(route -> route.getPredicates().stream())
                .filter(predicate -> "Path".equals(predicate.getName()))
                .flatMap(predicate -> predicate.getArgs().values().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
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

    /** Known as soon as the answer has begun, even if the connection is closed with it. */
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

    /** The span's name: {@code http get /api/users/{id}}. */
    @Override
    public @Nullable String getContextualName(ServerRequestObservationContext request) {
        String name = super.getContextualName(request);
        Object matched = request.getAttributes().get(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
        return matched == null || request.getPathPattern() != null ? name : name + " " + matched;
    }

    private KeyValue refused(ServerHttpRequest received, ServerRequestObservationContext request) {
        PathContainer path =
                PathContainer.parsePath(unversioned(received.getPath().value()));
        return routed.stream()
                .filter(pattern -> pattern.matches(path))
                .findFirst()
                .map(pattern -> KeyValue.of(URI, pattern.getPatternString()))
                .orElseGet(() -> super.uri(request));
    }

    /** As {@code VersionedPath} would have it, if the request came as far. */
    private static String unversioned(String path) {
        return path.replaceFirst("^/api/v\\d+/", "/api/");
    }
}
