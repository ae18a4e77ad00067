package dev.herald.gateway.filter;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

class RetryAfterHeader implements ServerHttpHeadersWriter {

    /** In seconds: as long as a route's circuit breaker stays open. */
    private static final String SOON = "1";

    @Override
    public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        HttpStatusCode status = response.getStatusCode();
        if (status != null
                && (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
                        || status.isSameCodeAs(HttpStatus.GATEWAY_TIMEOUT))
                && !response.getHeaders().containsHeader(HttpHeaders.RETRY_AFTER)) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, SOON);
        }
        return Mono.empty();
    }
}
