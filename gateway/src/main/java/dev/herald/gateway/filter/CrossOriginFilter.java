package dev.herald.gateway.filter;

import dev.herald.gateway.problem.GatewayProblem;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.request.RequestIds;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;

/** Checks CORS, and answers each refused request with a problem document; Spring's filter sends no body. */
final class CrossOriginFilter extends CorsWebFilter {

    private static final int MAX_QUOTED = 200;

    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofHours(1);

    CrossOriginFilter(List<String> allowedOrigins) {
        this(rules(allowedOrigins));
    }

    private CrossOriginFilter(CorsConfiguration rules) {
        super(exchange -> isPage(exchange.getRequest()) ? null : rules, refusing(new DefaultCorsProcessor()));
    }

    /** Exempts {@code /account/}, whose forms have {@code Origin: null} because of {@code no-referrer}. */
    private static boolean isPage(ServerHttpRequest request) {
        return request.getPath().value().startsWith("/account/") && !CorsUtils.isPreFlightRequest(request);
    }

    private static CorsConfiguration rules(List<String> allowedOrigins) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(allowedOrigins);
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        cors.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.IF_MATCH,
                HttpHeaders.IF_NONE_MATCH,
                "Idempotency-Key",
                "API-Version",
                "X-Herald-Token-Transport",
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
        // Lets pages of other origins send the refresh token in a cookie.
        cors.setAllowCredentials(true);
        cors.setMaxAge(PREFLIGHT_MAX_AGE);
        return cors;
    }

    private static CorsProcessor refusing(CorsProcessor processor) {
        return (cors, exchange) -> {
            boolean allowed;
            try {
                allowed = processor.process(cors, exchange);
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw notAllowed(exchange.getRequest().getHeaders().getOrigin());
            }
            if (!allowed) {
                throw refusal(Objects.requireNonNull(cors), exchange.getRequest());
            }
            return true;
        };
    }

    private static GatewayProblem notAllowed(@Nullable String origin) {
        return new GatewayProblem(
                ProblemCode.ORIGIN_NOT_ALLOWED,
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
                ProblemCode.FORBIDDEN,
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
