package dev.herald.gateway.body;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refuses a body that is too large, whether it says so (Spring's RequestSize looks no further) or is counted as it comes. */
@Component
@Order(0) // after the tokens are looked at
class BodyLimit implements WebFilter {

    private final long bytes;

    BodyLimit(@Value("${herald.gateway.max-body}") DataSize limit) {
        this.bytes = limit.toBytes();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long announced = exchange.getRequest().getHeaders().getContentLength();
        if (announced > bytes) {
            return Mono.error(new BodyTooLarge());
        }
        return announced >= 0
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate()
                        .request(counted(exchange.getRequest()))
                        .build());
    }

    private ServerHttpRequest counted(ServerHttpRequest request) {
        return new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                AtomicLong left = new AtomicLong(bytes);
                return super.getBody().map(part -> {
                    if (left.addAndGet(-part.readableByteCount()) < 0) {
                        DataBufferUtils.release(part);
                        throw new BodyTooLarge();
                    }
                    return part;
                });
            }
        };
    }
}
