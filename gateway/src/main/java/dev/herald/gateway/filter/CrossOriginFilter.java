package dev.herald.gateway.client;

import dev.herald.gateway.problem.GatewayProblem;
import dev.herald.platform.request.RequestIds;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** What is believed of a caller, and which pages may be one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientSettings.class)
class Clients {

    /** Of what a client has sent, in a problem's detail. */
    private static final int MAX_QUOTED = 200;

    private static final Duration PREFLIGHT_KEPT_FOR = Duration.ofHours(1);

    @Bean(WebHttpHandlerBuilder.FORWARDED_HEADER_TRANSFORMER_BEAN_NAME)
    ForwardedHeaderTransformer trustedProxies(ClientSettings settings) {
        return new TrustedProxies(settings.trustedNetworks());
    }

    /** Before the tokens are looked at, which a preflight does not carry. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 50)
    CorsWebFilter corsFilter(ClientSettings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(settings.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        cors.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.IF_MATCH,
                HttpHeaders.IF_NONE_MATCH,
                "Idempotency-Key",
                "API-Version",
                RequestIds.HEADER,
                "traceparent",
                "tracestate"));
        cors.setExposedHeaders(List.of(
                HttpHeaders.ETAG,
                HttpHeaders.LINK,
                HttpHeaders.LOCATION,
                HttpHeaders.RETRY_AFTER,
                "RateLimit",
                "RateLimit-Policy",
                RequestIds.HEADER,
                "Idempotency-Replayed",
                "traceresponse"));
        cors.setMaxAge(PREFLIGHT_KEPT_FOR);
        return new CorsWebFilter(exchange -> cors, refusing(cors, new DefaultCorsProcessor()));
    }

    /** Spring's own refusal has no body. */
    private static CorsProcessor refusing(CorsConfiguration cors, CorsProcessor processor) {
        return (same, exchange) -> {
            boolean allowed;
            try {
                allowed = processor.process(same, exchange);
            } catch (IllegalArgumentException | IllegalStateException e) {
                // Of an origin that is no URL; the message quotes it.
                throw notAllowed(exchange.getRequest().getHeaders().getOrigin());
            }
            if (!allowed) {
                throw refusal(cors, exchange.getRequest());
            }
            return true;
        };
    }

    private static GatewayProblem notAllowed(@Nullable String origin) {
        return new GatewayProblem(
                "origin-not-allowed",
                "Pages of the origin %s may not call this API. HERALD_CORS_ORIGINS lists those that may."
                        .formatted(shortened(origin)));
    }

    private static GatewayProblem refusal(CorsConfiguration cors, ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String origin = headers.getOrigin();
        if (cors.checkOrigin(origin) == null) {
            return notAllowed(origin);
        }
        return new GatewayProblem(
                "forbidden",
                "Pages of other origins may not send the method %s with the headers '%s'."
                        .formatted(
                                shortened(
                                        CorsUtils.isPreFlightRequest(request)
                                                ? headers.getFirst(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)
                                                : request.getMethod().name()),
                                shortened(String.join(", ", headers.getAccessControlRequestHeaders()))));
    }

    private static String shortened(@Nullable String sent) {
        String text = String.valueOf(sent);
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }
}
