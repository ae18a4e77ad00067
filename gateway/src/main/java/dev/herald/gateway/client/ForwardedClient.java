package dev.herald.gateway.client;

import java.net.InetSocketAddress;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Sends the client's address that {@link TrustedProxies} has found, not the received {@code X-Forwarded-For}. */
@Component
class ForwardedClient implements HttpHeadersFilter {

    @Override
    public HttpHeaders filter(HttpHeaders received, ServerWebExchange exchange) {
        HttpHeaders sent = new HttpHeaders();
        sent.addAll(received);
        InetSocketAddress client = exchange.getRequest().getRemoteAddress();
        if (client == null) {
            sent.remove(TrustedProxies.FORWARDED_FOR);
        } else {
            sent.set(TrustedProxies.FORWARDED_FOR, client.getHostString());
        }
        return sent;
    }
}
