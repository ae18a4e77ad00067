package dev.herald.gateway.security;

import dev.herald.gateway.limit.RateLimits;
import dev.herald.gateway.problem.SecurityFailure;
import dev.herald.platform.observability.ManagementPort;
import dev.herald.platform.security.BearerToken;
import dev.herald.platform.security.CallerAuthentication;
import dev.herald.platform.security.TokenVerifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverterAdapter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    SecurityWebFilterChain bearerTokens(
            ServerHttpSecurity http,
            PublicRequests publicRequests,
            TokenVerifier verifier,
            RateLimits limits,
            ManagementPort managementPort) {
        return http.authorizeExchange(requests -> requests.matchers(publicRequests)
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .oauth2ResourceServer(server -> server.bearerTokenConverter(unlessPublic(publicRequests, verifier))
                        // For an invalid token. Takes from the bucket here, because such a request does not reach
                        // the limiting filter.
                        .authenticationEntryPoint((exchange, failure) ->
                                limits.spend(exchange, null).then(Mono.error(new SecurityFailure(failure))))
                        .jwt(token -> token.jwtDecoder(reactive(verifier))
                                .jwtAuthenticationConverter(
                                        new ReactiveJwtAuthenticationConverterAdapter(new CallerAuthentication()))))
                // For a request without a token, after the limiting filter.
                .exceptionHandling(failures -> failures.authenticationEntryPoint(
                                (exchange, failure) -> Mono.error(new SecurityFailure(failure)))
                        .accessDeniedHandler((exchange, failure) -> Mono.error(new SecurityFailure(failure))))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .addFilterAfter(limiting(limits, managementPort), SecurityWebFiltersOrder.AUTHENTICATION)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .build();
    }

    /** Requests on the management port are not rate limited. */
    private static WebFilter limiting(RateLimits limits, ManagementPort managementPort) {
        return (exchange, chain) -> managementPort.isOf(exchange.getRequest())
                ? chain.filter(exchange)
                : ReactiveSecurityContextHolder.getContext()
                        .mapNotNull(context -> context.getAuthentication())
                        .map(Authentication::getName)
                        .singleOptional()
                        .flatMap(user -> limits.spend(exchange, user.orElse(null)))
                        .then(chain.filter(exchange));
    }

    /** Verifies an uncached token outside of the event loop, because the verification may fetch a key. */
    private static ReactiveJwtDecoder reactive(TokenVerifier verifier) {
        return token -> {
            Mono<Jwt> decoded = Mono.fromCallable(() -> verifier.decode(token));
            return verifier.remembers(token) ? decoded : decoded.subscribeOn(Schedulers.boundedElastic());
        };
    }

    /** Public endpoints ignore the {@code Authorization} header. */
    private static ServerAuthenticationConverter unlessPublic(PublicRequests publicRequests, TokenVerifier verifier) {
        return exchange -> {
            if (publicRequests.contain(exchange)) {
                return Mono.empty();
            }
            String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
            String known = verifier.rememberedIn(header);
            return known == null
                    ? Mono.justOrEmpty(header).mapNotNull(BearerToken::of).map(BearerTokenAuthenticationToken::new)
                    : Mono.<Authentication>just(new BearerTokenAuthenticationToken(known));
        };
    }
}
