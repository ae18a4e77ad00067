package dev.herald.gateway.problem;

import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.ProblemDocument;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.security.TokenProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.ServiceUnavailableException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.accept.InvalidApiVersionException;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Writes the problem documents of requests that no service has answered. */
@Component
@Order(-2) // before Boot's handler, which has the order -1
class ProblemExceptionHandler implements ErrorWebExceptionHandler {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private static final Logger log = LoggerFactory.getLogger(ProblemExceptionHandler.class);

    private final Problems problems;
    private final JsonMapper json;
    private final ErrorPage page;

    ProblemExceptionHandler(Problems problems, JsonMapper json, ErrorPage page) {
        this.problems = problems;
        this.json = json;
        this.page = page;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Traced.call(() -> logTruncated(failure, exchange)).then(Mono.error(failure));
        }
        return Traced.call(() -> problemOf(failure, exchange)).flatMap(problem -> {
            removeHeadersOfService(exchange);
            response.setRawStatusCode(problem.status());
            if (failure instanceof ErrorResponse error) {
                response.getHeaders().putAll(error.getHeaders());
            }
            return write(problem, exchange);
        });
    }

    private Mono<Void> write(ProblemDocument problem, ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        boolean hasTwoForms = ErrorPage.isPossible(exchange.getRequest());
        boolean html = hasTwoForms && ErrorPage.isPreferred(exchange.getRequest());
        response.getHeaders().setContentType(html ? HTML : MediaType.APPLICATION_PROBLEM_JSON);
        if (hasTwoForms) {
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        }
        return response.writeWith(Mono.fromSupplier(
                () -> response.bufferFactory().wrap(html ? page.of(problem) : json.writeValueAsBytes(problem))));
    }

    /** Removes the headers of a service's response that broke off. They do not describe the problem document. */
    private static void removeHeadersOfService(ServerWebExchange exchange) {
        Set<String> headers =
                exchange.getAttributeOrDefault(ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES, Set.of());
        headers.forEach(exchange.getResponse().getHeaders()::remove);
    }

    private ProblemDocument problemOf(Throwable failure, ServerWebExchange exchange) {
        String path = exchange.getRequest().getURI().getRawPath();
        if (failure instanceof GatewayProblem problem) {
            return problems.of(problem.code(), problem.detail(), path);
        }
        if (failure instanceof SecurityFailure security) {
            TokenProblem problem = security.problem(problems, path);
            problem.challenge()
                    .ifPresent(challenge ->
                            exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge));
            return problem.document();
        }
        if (failure instanceof InvalidApiVersionException) {
            return problems.of(ProblemCode.UNSUPPORTED_API_VERSION, path);
        }
        HttpStatusCode status = statusOf(failure);
        if (status.is5xxServerError()) {
            log.warn("{} {}: {}", exchange.getRequest().getMethod(), pattern(exchange), summary(failure, status));
        }
        return problems.of(status, path);
    }

    /** Logs a response that broke off, unless the client has disconnected. */
    private static String logTruncated(Throwable failure, ServerWebExchange exchange) {
        String pattern = pattern(exchange);
        if (!DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.warn(
                    "{} {}: the response was truncated: {}",
                    exchange.getRequest().getMethod(),
                    pattern,
                    summary(failure, statusOf(failure)));
        }
        return pattern;
    }

    /** Leaves out the message of an unexpected failure, because it may quote the request. */
    private static String summary(Throwable failure, HttpStatusCode status) {
        StackTraceElement[] stack = failure.getStackTrace();
        return !status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)
                ? failure.toString()
                : failure.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    }

    /** The pattern of the path; the path itself may contain an email address. */
    private static String pattern(ServerWebExchange exchange) {
        Object route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_PREDICATE_MATCHED_PATH_ATTR);
        Object pattern = route == null ? exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) : route;
        return pattern == null ? "-" : pattern.toString();
    }

    private static HttpStatusCode statusOf(Throwable failure) {
        return switch (failure) {
            case ErrorResponse error -> error.getStatusCode();
            case TimeoutException e -> HttpStatus.GATEWAY_TIMEOUT;
            case ServiceUnavailableException e -> HttpStatus.SERVICE_UNAVAILABLE;
            case IOException e -> HttpStatus.SERVICE_UNAVAILABLE;
            case AbortedException e -> HttpStatus.SERVICE_UNAVAILABLE;
            case WebClientException e -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
