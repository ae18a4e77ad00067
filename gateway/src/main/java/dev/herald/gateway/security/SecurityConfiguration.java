package dev.herald.gateway.security;

import dev.herald.gateway.limit.RateLimits;
import dev.herald.gateway.trace.Traced;
import dev.herald.platform.observability.ManagementPort;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.security.BearerToken;
import dev.herald.platform.security.CallerAuthentication;
import dev.herald.platform.security.HeaderText;
import dev.herald.platform.security.TokenProblem;
import dev.herald.platform.security.TokenVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
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
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.CompositeServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ContentSecurityPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.HttpHeaderWriterWebFilter;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.security.web.server.header.StrictTransportSecurityServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XContentTypeOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** The services' own rules, with the same verifier, on the gateway's event loop. */
@Configuration(proxyBeanMethods = false)
class EdgeSecurity {

    /** What a page of the gateway's own may load and do; an answer in JSON loads nothing. */
    private static final String CONTENT =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);

    @Bean
    SecurityWebFilterChain bearerTokens(
            ServerHttpSecurity http,
            OpenRequests open,
            TokenVerifier verifier,
            RateLimits limits,
            ManagementPort operations,
            Problems problems,
            JsonMapper json) {
        return http.authorizeExchange(requests ->
                        requests.matchers(open).permitAll().anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.bearerTokenConverter(unless(open, verifier))
                        // A token that is not good was not counted yet.
                        .authenticationEntryPoint((exchange, failure) -> limits.spend(exchange, null)
                                .then(write(() -> TokenProblem.of(failure, problems, path(exchange)), exchange, json)))
                        .jwt(token -> token.jwtDecoder(reactive(verifier))
                                .jwtAuthenticationConverter(
                                        new ReactiveJwtAuthenticationConverterAdapter(new CallerAuthentication()))))
                .exceptionHandling(failures -> failures.authenticationEntryPoint((exchange, failure) ->
                                write(() -> TokenProblem.of(failure, problems, path(exchange)), exchange, json))
                        .accessDeniedHandler((exchange, failure) ->
                                write(() -> TokenProblem.forbidden(problems, path(exchange)), exchange, json)))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .addFilterAfter(limiting(limits, operations), SecurityWebFiltersOrder.AUTHENTICATION)
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .build();
    }

    /** Sets the security headers, and what other writers there are, on every answer: not all of them come from the chain. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    HttpHeaderWriterWebFilter safety(List<ServerHttpHeadersWriter> others) {
        ContentSecurityPolicyServerHttpHeadersWriter content = new ContentSecurityPolicyServerHttpHeadersWriter();
        content.setPolicyDirectives(CONTENT);
        List<ServerHttpHeadersWriter> writers = new ArrayList<>(List.of(
                content,
                new XContentTypeOptionsServerHttpHeadersWriter(),
                new XFrameOptionsServerHttpHeadersWriter(),
                new ReferrerPolicyServerHttpHeadersWriter(),
                new StrictTransportSecurityServerHttpHeadersWriter()));
        writers.addAll(others);
        return new HttpHeaderWriterWebFilter(new CompositeServerHttpHeadersWriter(writers));
    }

    /** Operations have a port of their own, and nobody to share it with. */
    private static WebFilter limiting(RateLimits limits, ManagementPort operations) {
        return (exchange, chain) -> operations.isOf(exchange.getRequest())
                ? chain.filter(exchange)
                : ReactiveSecurityContextHolder.getContext()
                        .mapNotNull(context -> context.getAuthentication())
                        .map(Authentication::getName)
                        .singleOptional()
                        .flatMap(user -> limits.spend(exchange, user.orElse(null)))
                        .then(chain.filter(exchange));
    }

    /** A token that is seen for the first time may need a key to be fetched, which must not hold an event loop. */
    private static ReactiveJwtDecoder reactive(TokenVerifier verifier) {
        return token -> {
            Mono<Jwt> decoded = Mono.fromCallable(() -> verifier.decode(token));
            return verifier.remembers(token) ? decoded : decoded.subscribeOn(Schedulers.boundedElastic());
        };
    }

    /** Public endpoints ignore the {@code Authorization} header. */
    private static ServerAuthenticationConverter unless(OpenRequests open, TokenVerifier verifier) {
        return exchange -> {
            if (open.isOpen(exchange)) {
                return Mono.empty();
            }
            String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
            String known = verifier.rememberedIn(header);
            return known == null
                    ? Mono.justOrEmpty(header).mapNotNull(BearerToken::of).map(BearerTokenAuthenticationToken::new)
                    : Mono.<Authentication>just(new BearerTokenAuthenticationToken(known));
        };
    }

    /** Spring knows the methods of the gateway's own paths; what is behind the others is the services' to know. */
    @Bean
    ServerWebExchangeFirewall firewall(OpenRequests paths) {
        StrictServerWebExchangeFirewall routed = new StrictServerWebExchangeFirewall();
        routed.setAllowedHeaderValues(HeaderText::isPlain);
        StrictServerWebExchangeFirewall own = new StrictServerWebExchangeFirewall();
        own.setAllowedHeaderValues(HeaderText::isPlain);
        own.setUnsafeAllowAnyHttpMethod(true);
        return exchange -> {
            ServerHttpRequest request = exchange.getRequest();
            if (isUpgrade(request.getHeaders())) {
                return Mono.error(new ServerExchangeRejectedException("There is no protocol here to upgrade to"));
            }
            return (paths.isRouted(request.getPath()) ? routed : own).getFirewalledExchange(exchange);
        };
    }

    /** To a WebSocket, for example; HTTP/2 has been agreed on before. */
    private static boolean isUpgrade(HttpHeaders headers) {
        return headers.containsHeader(HttpHeaders.UPGRADE);
    }

    /** Spring's own answer has no body. */
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

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getURI().getRawPath();
    }

    private static Mono<Void> write(Supplier<TokenProblem> refusal, ServerWebExchange exchange, JsonMapper json) {
        return Traced.call(refusal).flatMap(problem -> {
            ServerHttpResponse response = exchange.getResponse();
            response.setStatusCode(HttpStatusCode.valueOf(problem.document().status()));
            problem.challenge()
                    .ifPresent(challenge -> response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge));
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            return response.writeWith(
                    Mono.fromSupplier(() -> response.bufferFactory().wrap(json.writeValueAsBytes(problem.document()))));
        });
    }
}
