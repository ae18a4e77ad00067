package dev.herald.gateway.http;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Answers the requests that {@link RequestCheck} has marked. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 60) // after the headers that every answer has, CORS among them
class RefusedRequests implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()) instanceof HttpServerRequest netty
                        && netty.requestHeaders() instanceof RefusedHeaders refused
                ? Mono.error(refused.refusal().problem())
                : chain.filter(exchange);
    }
}
