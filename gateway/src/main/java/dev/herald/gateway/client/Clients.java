package dev.herald.gateway.client;

import dev.herald.platform.request.RequestIds;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** What is believed of a caller, and which pages may be one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientSettings.class)
class Clients {

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
                "Idempotency-Replayed"));
        cors.setMaxAge(PREFLIGHT_KEPT_FOR);
        return new CorsWebFilter(exchange -> cors, refusing(new DefaultCorsProcessor()));
    }

    /** Spring's own refusal has no body. */
    private static CorsProcessor refusing(CorsProcessor processor) {
        return (cors, exchange) -> {
            if (!processor.process(cors, exchange)) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN, "The origin may not call");
            }
            return true;
        };
    }
}
