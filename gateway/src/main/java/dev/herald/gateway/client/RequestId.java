package dev.herald.gateway.client;

import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.IdGenerator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Gives each request a name, its caller's or a UUIDv7, which goes on to the services and back to the caller. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestId implements WebFilter {

    static final String HEADER = "X-Request-Id";

    /** Fit for a log line. */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private final IdGenerator ids;

    RequestId(IdGenerator ids) {
        this.ids = ids;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String sent = exchange.getRequest().getHeaders().getFirst(HEADER);
        if (sent != null && ACCEPTED.matcher(sent).matches()) {
            echo(sent, exchange.getResponse());
            return chain.filter(exchange);
        }
        String made = ids.generateId().toString();
        echo(made, exchange.getResponse());
        return chain.filter(exchange.mutate()
                .request(exchange.getRequest().mutate().header(HEADER, made).build())
                .build());
    }

    /** At the last moment: the services echo it too. */
    private static void echo(String id, ServerHttpResponse response) {
        response.beforeCommit(() -> {
            response.getHeaders().set(HEADER, id);
            return Mono.empty();
        });
    }
}
