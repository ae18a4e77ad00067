package dev.herald.gateway.security;

import dev.herald.gateway.route.Routes;
import dev.herald.platform.security.HeaderText;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Spring Security's strict firewall, with other rules for methods and header values. */
@Configuration(proxyBeanMethods = false)
class FirewallConfiguration {

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);

    /** Allows all methods outside of the routes, because the gateway's own controllers answer 405 themselves. */
    @Bean
    ServerWebExchangeFirewall firewall(Routes routes) {
        StrictServerWebExchangeFirewall routed = new StrictServerWebExchangeFirewall();
        routed.setAllowedHeaderValues(HeaderText::isPlain);
        StrictServerWebExchangeFirewall own = new StrictServerWebExchangeFirewall();
        own.setAllowedHeaderValues(HeaderText::isPlain);
        own.setUnsafeAllowAnyHttpMethod(true);
        return exchange -> {
            ServerHttpRequest request = exchange.getRequest();
            // Netty removes the header of an h2c upgrade, so this request asks for WebSocket or another protocol.
            if (request.getHeaders().containsHeader(HttpHeaders.UPGRADE)) {
                return Mono.error(
                        new ServerExchangeRejectedException("The only protocol that the gateway upgrades to is h2c"));
            }
            return (routes.contain(request.getPath()) ? routed : own).getFirewalledExchange(exchange);
        };
    }

    /** Passes the rejection on to the problem handler; Spring Security's own response has no body. */
    @Bean
    ServerExchangeRejectedHandler rejected() {
        return (exchange, rejection) -> {
            HttpMethod method = exchange.getRequest().getMethod();
            return Mono.error(
                    METHODS.contains(method) || method.equals(HttpMethod.PATCH)
                            ? new ResponseStatusException(HttpStatus.BAD_REQUEST, rejection.getMessage(), rejection)
                            : new MethodNotAllowedException(method, METHODS));
        };
    }
}
