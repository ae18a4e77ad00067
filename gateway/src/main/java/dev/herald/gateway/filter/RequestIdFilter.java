package dev.herald.gateway.filter;

import dev.herald.platform.request.RequestIds;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Accepts or makes the {@code X-Request-Id}, and passes it to the service and back to the client. */
class RequestIdFilter implements WebFilter {

    private final RequestIds ids;

    RequestIdFilter(RequestIds ids) {
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

    /** Sets the header at the commit: the header of the service's response would be added to an earlier one. */
    private static void echo(String id, ServerHttpResponse response) {
        response.beforeCommit(() -> {
            response.getHeaders().set(RequestIds.HEADER, id);
            return Mono.empty();
        });
    }
}
