package dev.herald.gateway.body;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Refuses a body that is too large, whether it says so (Spring's RequestSize looks no further) or is counted as it comes, and
 * one that does not come to its end.
 */
@Component
@Order(0) // after the tokens are looked at
class BodyLimit implements WebFilter {

    private final long bytes;
    private final Mono<DataBuffer> deadline;

    BodyLimit(
            @Value("${herald.gateway.max-body}") DataSize limit,
            @Value("${herald.gateway.body-timeout}") Duration timeout,
            @Value("${spring.cloud.gateway.server.webflux.httpclient.response-timeout}") Duration responseTimeout) {
        if (timeout.compareTo(responseTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "HERALD_GATEWAY_BODY_TIMEOUT (%s) must be less than HERALD_GATEWAY_RESPONSE_TIMEOUT (%s): a slow caller would count as a slow service"
                            .formatted(timeout, responseTimeout));
        }
        this.bytes = limit.toBytes();
        this.deadline = Mono.delay(timeout).then(Mono.error(BodyRefused::tooSlow));
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
                        // A caller who hangs up is no failure of the service.
                        .onErrorMap(hungUp -> BodyRefused.brokenOff())
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
