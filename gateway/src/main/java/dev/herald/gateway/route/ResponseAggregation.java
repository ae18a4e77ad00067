package dev.herald.gateway.body;

import dev.herald.gateway.problem.ForeignError;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Passes an error on only if it is a document of the service's own, and a small answer in one piece, head and body together. Netty would write the head, each part of the body and the end one by
 * one, with a system call and, as they come from another thread, a wake-up for each. What breaks off before it has come whole is a
 * problem to the caller, and not half an answer.
 */
@Component
@Order(NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1)
class SmallAnswers implements GlobalFilter {

    private static final long MOST_BYTES = DataSize.ofKilobytes(64).toBytes();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(
                exchange.mutate().response(joining(exchange.getResponse())).build());
    }

    private static ServerHttpResponse joining(ServerHttpResponse response) {
        return new ServerHttpResponseDecorator(response) {
            @Override
            public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
                if (ForeignError.is(getStatusCode(), getHeaders())) {
                    ForeignError error = new ForeignError(Objects.requireNonNull(getStatusCode()), getHeaders());
                    return Flux.from(body).doOnNext(DataBufferUtils::release).then(Mono.error(error));
                }
                long length = getHeaders().getContentLength();
                return super.writeWith(length > 0 && length <= MOST_BYTES ? DataBufferUtils.join(body) : body);
            }
        };
    }
}
