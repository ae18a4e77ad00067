package dev.herald.gateway.security;

import dev.herald.platform.security.SecuritySettings;
import java.util.List;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** What needs no token: the public list, and what no route leads to, which goes on to its 404. */
@Component
class OpenRequests implements ServerWebExchangeMatcher {

    private static final String RESULT = OpenRequests.class.getName();

    private final SecuritySettings settings;
    private final List<PathPattern> routed;

    OpenRequests(SecuritySettings settings, GatewayProperties gateway) {
        this.settings = settings;
        this.routed = gateway.getRoutes().stream()
                .flatMap(route -> patterns(route).stream())
                .toList();
    }

    /** A route that was overlooked here would be open to everybody. */
    private static List<PathPattern> patterns(RouteDefinition route) {
        List<PathPattern> patterns = route.getPredicates().stream()
                .filter(predicate -> "Path".equals(predicate.getName()))
                .flatMap(predicate -> predicate.getArgs().values().stream())
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
        if (patterns.isEmpty()) {
            throw new IllegalStateException("The route %s has no Path predicate".formatted(route.getId()));
        }
        return patterns;
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return isOpen(exchange) ? MatchResult.match() : MatchResult.notMatch();
    }

    /** Asked several times for one request, it looks once. */
    boolean isOpen(ServerWebExchange exchange) {
        return (boolean) exchange.getAttributes().computeIfAbsent(RESULT, unknown -> isOpen(exchange.getRequest()));
    }

    private boolean isOpen(ServerHttpRequest request) {
        PathContainer path = request.getPath();
        return settings.isPublic(request.getMethod().name(), path) || !isRouted(path);
    }

    /** Whether a service answers for this path, by whichever method. */
    boolean isRouted(PathContainer path) {
        return routed.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
