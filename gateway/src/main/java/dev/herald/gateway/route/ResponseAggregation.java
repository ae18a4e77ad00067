package dev.herald.gateway.route;

import dev.herald.gateway.problem.UpstreamError;
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
 * Collects a response of at most 64 KB before it is written, so that Netty needs one system call for it instead of one
 * for each part, and so that a response that breaks off can be replaced by a problem document. Replaces error responses
 * that are not JSON by problem documents.
 */
@Component
@Order(NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1)
class ResponseAggregation implements GlobalFilter {

    private static final long MAX_BYTES = DataSize.ofKilobytes(64).toBytes();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(
                exchange.mutate().response(aggregated(exchange.getResponse())).build());
    }

    private static ServerHttpResponse aggregated(ServerHttpResponse response) {
        return new ServerHttpResponseDecorator(response) {
            @Override
            public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
                if (UpstreamError.is(getStatusCode(), getHeaders())) {
                    UpstreamError error = new UpstreamError(Objects.requireNonNull(getStatusCode()), getHeaders());
                    return Flux.from(body).doOnNext(DataBufferUtils::release).then(Mono.error(error));
                }
                long length = getHeaders().getContentLength();
                return super.writeWith(length > 0 && length <= MAX_BYTES ? DataBufferUtils.join(body) : body);
            }
        };
    }
}
