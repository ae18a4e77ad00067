package dev.herald.gateway.filter;

import dev.herald.gateway.client.ClientSettings;
import dev.herald.platform.request.RequestIds;
import org.springframework.boot.actuate.web.exchanges.HttpExchangeRepository;
import org.springframework.boot.actuate.web.exchanges.Include;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webflux.actuate.web.exchanges.HttpExchangesWebFilter;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.web.server.WebFilter;

/** The filters of every request, outermost first. Those of the route follow ({@code default-filters}). */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodySettings.class)
class RequestFilters {

    /** The order of Spring Security's filter chain, which checks tokens and rate limits ({@code SecurityConfiguration}). */
    private static final int SECURITY = -100;

    @Bean
    @Order(SECURITY - 8)
    WebFilter requestId(RequestIds ids) {
        return new RequestIdFilter(ids);
    }

    @Bean
    @Order(SECURITY - 7)
    WebFilter traceResponse() {
        return new TraceResponseFilter();
    }

    /** Records requests for the console: after the filter that adds the trace, before those that refuse requests. */
    @Bean
    @Order(SECURITY - 6)
    @Profile("local")
    HttpExchangesWebFilter latestRequest(HttpExchangeRepository requests) {
        return new HttpExchangesWebFilter(requests, Include.defaultIncludes());
    }

    @Bean
    @Order(SECURITY - 5)
    WebFilter responseHeaders() {
        return new HttpHeaderWriterWebFilter(new CompositeServerHttpHeadersWriter(
                SecurityHeaders.writer(), new CompressionHeaders(), new RetryAfterHeader()));
    }

    /** Before security, because a preflight request has no token. */
    @Bean
    @Order(SECURITY - 4)
    WebFilter crossOrigin(ClientSettings settings) {
        return new CrossOriginFilter(settings.allowedOrigins());
    }

    /** After the filters that set headers, so that the responses to refused requests have these headers too. */
    @Bean
    @Order(SECURITY - 3)
    WebFilter refusedRequest() {
        return new RefusedRequestFilter();
    }

    @Bean
    @Order(SECURITY - 2)
    WebFilter conditionalRequest() {
        return new ConditionalRequestFilter();
    }

    /** Removes {@code /v1} from the path before security, whose rules match paths without it. */
    @Bean
    @Order(SECURITY - 1)
    WebFilter apiVersion() {
        return new ApiVersionFilter();
    }

    /** After security, so that no body is read for a request without a valid token. */
    @Bean
    @Order(SECURITY + 1)
    WebFilter bodyLimit(BodySettings settings, HttpClientProperties httpClient) {
        return new BodyLimitFilter(settings, httpClient.getResponseTimeout());
    }
}
