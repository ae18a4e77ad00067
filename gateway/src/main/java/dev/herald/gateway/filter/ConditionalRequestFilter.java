package dev.herald.gateway.filter;

import java.util.List;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes the suffix that {@link CompressionHeaders} adds to entity tags, answers {@code If-None-Match: *} with 304 if the resource exists
 * (RFC 9110, section 13.1.2), and drops {@code Range}, which a server may ignore (section 14.2).
 */
class ConditionalRequestFilter implements WebFilter {

    private static final String ANY = "*";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        String noneMatch = headers.getFirst(HttpHeaders.IF_NONE_MATCH);
        boolean range = headers.containsHeader(HttpHeaders.RANGE);
        if (noneMatch == null && !range && !headers.containsHeader(HttpHeaders.IF_MATCH)) {
            return chain.filter(exchange);
        }
        ServerWebExchange.Builder changed = exchange.mutate();
        if (range
                || namesCompressed(headers, HttpHeaders.IF_NONE_MATCH)
                || namesCompressed(headers, HttpHeaders.IF_MATCH)) {
            changed.request(whole(exchange.getRequest()));
        }
        if (noneMatch != null && noneMatch.trim().equals(ANY) && isRead(exchange.getRequest())) {
            changed.response(notModified(exchange.getResponse()));
        }
        return chain.filter(changed.build());
    }

    private static boolean namesCompressed(HttpHeaders headers, String name) {
        return headers.getOrEmpty(name).stream().anyMatch(EntityTags::areCompressed);
    }

    private static ServerHttpRequest whole(ServerHttpRequest request) {
        return request.mutate()
                .headers(headers -> {
                    headers.remove(HttpHeaders.RANGE);
                    uncompress(headers, HttpHeaders.IF_NONE_MATCH);
                    uncompress(headers, HttpHeaders.IF_MATCH);
                })
                .build();
    }

    private static void uncompress(HttpHeaders headers, String name) {
        List<String> lines = headers.get(name);
        if (lines != null) {
            headers.put(name, lines.stream().map(EntityTags::uncompressed).toList());
        }
    }

    private static boolean isRead(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD);
    }

    private static ServerHttpResponse notModified(ServerHttpResponse response) {
        return new ServerHttpResponseDecorator(response) {
            @Override
            public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
                return isThere() ? withoutContent(Flux.from(body)) : super.writeWith(body);
            }

            @Override
            public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
                return isThere()
                        ? withoutContent(Flux.from(body).concatMap(part -> part))
                        : super.writeAndFlushWith(body);
            }

            private boolean isThere() {
                HttpStatusCode status = getStatusCode();
                return status == null || status.isSameCodeAs(HttpStatus.OK);
            }

            private Mono<Void> withoutContent(Flux<? extends DataBuffer> body) {
                setStatusCode(HttpStatus.NOT_MODIFIED);
                getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
                getHeaders().remove(HttpHeaders.CONTENT_TYPE);
                return body.doOnNext(DataBufferUtils::release).then(Mono.defer(super::setComplete));
            }
        };
    }
}
