package dev.herald.gateway.security;

import dev.herald.gateway.route.Routes;
import dev.herald.platform.security.SecuritySettings;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The requests that need no token: those of {@code herald.security.public}, and those outside of every route. */
@Component
class PublicRequests implements ServerWebExchangeMatcher {

    private static final String RESULT = PublicRequests.class.getName();

    private final SecuritySettings settings;
    private final Routes routes;

    PublicRequests(SecuritySettings settings, Routes routes) {
        this.settings = settings;
        this.routes = routes;
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        return contain(exchange) ? MatchResult.match() : MatchResult.notMatch();
    }

    /** Keeps the result in the exchange, because several filters need it. */
    boolean contain(ServerWebExchange exchange) {
        return (boolean) exchange.getAttributes().computeIfAbsent(RESULT, unknown -> contain(exchange.getRequest()));
    }

    private boolean contain(ServerHttpRequest request) {
        PathContainer path = request.getPath();
        return settings.isPublic(request.getMethod().name(), path) || !routes.contain(path);
    }
}
