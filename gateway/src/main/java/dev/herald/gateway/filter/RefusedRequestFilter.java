package dev.herald.gateway.filter;

import dev.herald.gateway.http.RefusedHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Answers each request that {@code RequestCheck} has marked as refused, with the problem document of the refusal. */
class RefusedRequestFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()) instanceof HttpServerRequest netty
                        && netty.requestHeaders() instanceof RefusedHeaders refused
                ? Mono.error(refused.problem())
                : chain.filter(exchange);
    }
}
