package dev.herald.gateway.client;

import dev.herald.platform.request.RequestIds;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives each request a name, its caller's or a UUIDv7, which goes on to the services and back to the caller. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestId implements WebFilter {

    private final RequestIds ids;

    RequestId(RequestIds ids) {
        this.ids = ids;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        String sent = request.getHeaders().getFirst(RequestIds.HEADER);
        String id = ids.of(sent);
        echo(id, exchange.getResponse());
        return chain.filter(
                id.equals(sent)
                        ? exchange
                        : exchange.mutate()
                                .request(request.mutate()
                                        .header(RequestIds.HEADER, id)
                                        .build())
                                .build());
    }

    /** At the last moment: the services echo it too. */
    private static void echo(String id, ServerHttpResponse response) {
        response.beforeCommit(() -> {
            response.getHeaders().set(RequestIds.HEADER, id);
            return Mono.empty();
        });
    }
}
