package dev.herald.gateway.security;

import dev.herald.platform.security.SecuritySettings;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What needs no token: the public list, and what no route leads to, which goes on to its 404. */
@Component
class OpenRequests implements ServerWebExchangeMatcher {

    private static final String RESULT = OpenRequests.class.getName();

    private final SecuritySettings settings;
    private final RouteLocator routes;

    OpenRequests(SecuritySettings settings, RouteLocator routes) {
        this.settings = settings;
        this.routes = routes;
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return exchange.getAttribute(RESULT) instanceof MatchResult known
                ? Mono.just(known)
                : isOpen(exchange)
                        .flatMap(open -> open ? MatchResult.match() : MatchResult.notMatch())
                        .doOnNext(result -> exchange.getAttributes().put(RESULT, result));
    }

    private Mono<Boolean> isOpen(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (settings.isPublic(request.getMethod().name(), request.getURI().getRawPath())) {
            return Mono.just(true);
        }
        return routes.getRoutes()
                .filterWhen(route -> route.getPredicate().apply(exchange))
                .hasElements()
                .map(routed -> !routed);
    }
}
