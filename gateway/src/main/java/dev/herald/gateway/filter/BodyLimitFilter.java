package dev.herald.gateway.filter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses a body that is larger or slower than {@link BodySettings} allow. Counts the bytes as they arrive, because a
 * chunked body has no {@code Content-Length}, which is all that Spring Cloud Gateway's RequestSize checks.
 */
class BodyLimitFilter implements WebFilter {

    private final long bytes;
    private final Mono<DataBuffer> deadline;

    BodyLimitFilter(BodySettings settings, Duration responseTimeout) {
        if (settings.bodyTimeout().compareTo(responseTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "HERALD_GATEWAY_BODY_TIMEOUT (%s) must be less than HERALD_GATEWAY_RESPONSE_TIMEOUT (%s): a slow caller would count as a slow service"
                            .formatted(settings.bodyTimeout(), responseTimeout));
        }
        this.bytes = settings.maxBody().toBytes();
        this.deadline = Mono.delay(settings.bodyTimeout()).then(Mono.error(BodyRefused::tooSlow));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        if (headers.getContentLength() > bytes) {
            return Mono.error(BodyRefused.tooLarge());
        }
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                ? chain.filter(exchange.mutate()
                        .request(limited(exchange.getRequest()))
                        .build())
                : chain.filter(exchange);
    }

    private ServerHttpRequest limited(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                AtomicLong left = new AtomicLong(bytes);
                return super.getBody()
                        // The error of a client that disconnects must not count as a failure of the service.
                        .onErrorMap(failure -> BodyRefused.brokenOff())
                        .map(part -> {
                            if (left.addAndGet(-part.readableByteCount()) < 0) {
                                DataBufferUtils.release(part);
                                throw BodyRefused.tooLarge();
                            }
                            return part;
                        })
                        .takeUntilOther(deadline);
            }
        };
    }
}
