package dev.herald.platform.access;

import dev.herald.platform.error.ProblemWriter;
import dev.herald.platform.problem.ProblemCode;
import dev.herald.platform.problem.Problems;
import dev.herald.platform.security.BearerToken;
import dev.herald.platform.security.CallerAuthentication;
import dev.herald.platform.security.SecuritySettings;
import dev.herald.platform.security.TokenVerifier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@AutoConfiguration(
        afterName = "dev.herald.platform.security.SecurityAutoConfiguration",
        beforeName = {
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("herald.security.issuer")
class AccessAutoConfiguration {

    /** Requires a token, except for public requests and for paths without a handler, which get 404. */
    @Bean
    @ConditionalOnMissingBean
    SecurityFilterChain bearerTokens(
            HttpSecurity http,
            SecuritySettings settings,
            ObjectProvider<RequestMappingHandlerMapping> mappings,
            TokenVerifier verifier,
            Problems problems,
            ProblemWriter writer) {
        RequestMatcher open = new PublicRequests(settings, new DeclaredPaths(mappings));
        TokenProblemHandler answers = new TokenProblemHandler(problems, writer);
        return http.authorizeHttpRequests(requests ->
                        requests.requestMatchers(open).permitAll().anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.bearerTokenResolver(unless(open, verifier))
                        .authenticationEntryPoint(answers)
                        .accessDeniedHandler(answers)
                        .jwt(token -> token.decoder(verifier).jwtAuthenticationConverter(new CallerAuthentication())))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(answers).accessDeniedHandler(answers))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers ->
                        headers.cacheControl(control -> control.disable()).addHeaderWriter(revalidate()))
                // A browser never sends a bearer token by itself, so requests cannot be forged.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** Public endpoints ignore the {@code Authorization} header. */
    private static BearerTokenResolver unless(RequestMatcher open, TokenVerifier verifier) {
        return request -> {
            if (open.matches(request)) {
                return null;
            }
            String header = request.getHeader(HttpHeaders.AUTHORIZATION);
            String known = verifier.rememberedIn(header);
            return known == null ? BearerToken.of(header) : known;
        };
    }

    @Bean
    @ConditionalOnMissingBean
    HttpFirewall httpFirewall() {
        return new PlainHeadersFirewall();
    }

    /** Replaces the firewall's response, whose message quotes the request. */
    @Bean
    @ConditionalOnMissingBean
    RequestRejectedHandler rejectedRequests(Problems problems, ProblemWriter writer) {
        return (request, response, rejection) -> writer.write(
                problems.of(ProblemCode.MALFORMED_REQUEST, request.getRequestURI()), HttpHeaders.EMPTY, response);
    }

    /** A response without a {@code Cache-Control} of its own is private and must be revalidated. */
    private static HeaderWriter revalidate() {
        return (request, response) -> {
            if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
                response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
                response.addHeader(HttpHeaders.VARY, HttpHeaders.AUTHORIZATION);
            }
        };
    }
}
