package dev.herald.gateway.route;

import dev.herald.platform.registry.OutlierDetection;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Retries a request on another instance: any method if the connection was refused; GET and HEAD, within the retry budget, if the instance
 * does not answer in time or closes the connection. Reports every outcome to {@link OutlierDetection}.
 *
 * @param attemptTimeout how long an instance has for the beginning of its response before a GET goes to another
 */
record Failover(
        DiscoveryClient registry,
        OutlierDetection outliers,
        RetryBudget budget,
        Counter retries,
        Duration attemptTimeout)
        implements GatewayFilter {

    private static final int MOST_ATTEMPTS = 3;

    private static final String BODY_READ = Failover.class.getName() + ".bodyRead";

    /** Signals that the instance did not answer within the attempt's timeout. A retry always follows. */
    private static final class NoAnswerYet extends Exception {
        private static final long serialVersionUID = 1;

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    static boolean isRead(@Nullable HttpMethod method) {
        return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        budget.countRequest();
        return attempt(exchange, chain, 1);
    }

    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, int number) {
        return withTimeout(exchange, chain, number)
                .doOnSuccess(end -> answered(exchange))
                .onErrorResume(failure -> failed(exchange, chain, number, failure));
    }

    /** Applies the attempt's timeout only if another instance can be tried. */
    private Mono<Void> withTimeout(ServerWebExchange exchange, GatewayFilterChain chain, int number) {
        if (instances(exchange).size() < 2) {
            return chain.filter(exchange);
        }
        ServerWebExchange watched = isRead(exchange.getRequest().getMethod()) ? exchange : recordingEndOfBody(exchange);
        Mono<Void> noAnswer = Mono.delay(attemptTimeout)
                .flatMap(time -> retriesElsewhere(exchange, number) ? Mono.error(new NoAnswerYet()) : Mono.never());
        return Mono.firstWithSignal(chain.filter(watched), noAnswer);
    }

    private boolean retriesElsewhere(ServerWebExchange exchange, int number) {
        boolean isRead = isRead(exchange.getRequest().getMethod());
        ServiceInstance instance = chosen(exchange);
        // While the client still sends the body, a missing response is not the instance's failure.
        if (instance == null || !(isRead || exchange.getAttributes().containsKey(BODY_READ))) {
            return false;
        }
        outliers.failed(instance, instances(exchange));
        return isRead && number < MOST_ATTEMPTS && budget.spend();
    }

    private void answered(ServerWebExchange exchange) {
        ServiceInstance instance = chosen(exchange);
        if (instance != null) {
            outliers.answered(instance);
        }
    }

    private Mono<Void> failed(ServerWebExchange exchange, GatewayFilterChain chain, int number, Throwable failure) {
        if (failure instanceof NoAnswerYet) {
            return retry(exchange, chain, number);
        }
        boolean isRead = isRead(exchange.getRequest().getMethod());
        boolean notReached = isOf(ConnectException.class, failure);
        ServiceInstance instance = chosen(exchange);
        // Other I/O errors of a write may come from the client's connection.
        if (instance != null
                && (notReached
                        || isOf(isRead ? IOException.class : PrematureCloseException.class, failure)
                        || isOf(TimeoutException.class, failure))) {
            outliers.failed(instance, instances(exchange));
        }
        // A refused connection puts no load on an instance, so its retry needs no budget.
        boolean repeatable = number < MOST_ATTEMPTS
                && (notReached
                        ? number < instances(exchange).size()
                        : isRead && isOf(IOException.class, failure) && budget.spend());
        return repeatable ? retry(exchange, chain, number) : Mono.error(failure);
    }

    private Mono<Void> retry(ServerWebExchange exchange, GatewayFilterChain chain, int number) {
        retries.increment();
        ServerWebExchangeUtils.reset(exchange);
        return attempt(exchange, chain, number + 1);
    }

    private static boolean isOf(Class<? extends Throwable> type, Throwable failure) {
        return type.isInstance(failure) || type.isInstance(failure.getCause());
    }

    private List<ServiceInstance> instances(ServerWebExchange exchange) {
        Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
        return registry.getInstances(route.getUri().getHost());
    }

    private static @Nullable ServiceInstance chosen(ServerWebExchange exchange) {
        Response<ServiceInstance> chosen =
                exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR);
        return chosen == null ? null : chosen.getServer();
    }

    private static ServerWebExchange recordingEndOfBody(ServerWebExchange exchange) {
        ServerHttpRequest request = new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody()
                        .doOnComplete(() -> exchange.getAttributes().put(BODY_READ, true));
            }
        };
        return exchange.mutate().request(request).build();
    }
}
