package dev.herald.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.herald.platform.observability.ManagementPort;
import dev.herald.platform.registry.RegistrySettings;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.server.ReplicationClientAdditionalFilters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Requires the registry's password, if one is set, for every request on the service port: a program that can register
 * as user-service receives users' passwords and tokens.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrySettings.class)
class RegistryAccess {

    /** Uses no CSRF tokens, because the registry accepts only JSON and XML, which a page of another origin cannot send. */
    @Bean
    SecurityFilterChain access(
            HttpSecurity http,
            RegistrySettings settings,
            ManagementPort managementPort,
            AuthenticationManager clients) {
        return http.authorizeHttpRequests(requests -> {
                    requests.requestMatchers(request -> managementPort.is(request.getLocalPort()))
                            .permitAll();
                    if (settings.needsPassword()) {
                        requests.anyRequest().authenticated();
                    } else {
                        requests.anyRequest().permitAll();
                    }
                })
                .authenticationManager(clients)
                .httpBasic(withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /**
     * Compares the password in plain text. Spring Security's in-memory {@code UserDetailsService} would store a bcrypt
     * hash instead, and each check of bcrypt takes about 0.1 s of processor time; every instance sends one or two
     * requests a second.
     */
    @Bean
    AuthenticationManager clients(RegistrySettings settings) {
        return given -> {
            if (!settings.needsPassword() || !isKnown(given, settings)) {
                throw new BadCredentialsException("The registry's user name or password is wrong");
            }
            return UsernamePasswordAuthenticationToken.authenticated(settings.username(), null, List.of());
        };
    }

    private static boolean isKnown(Authentication given, RegistrySettings settings) {
        return MessageDigest.isEqual(
                (settings.username() + ":" + settings.password()).getBytes(UTF_8),
                (given.getName() + ":" + given.getCredentials()).getBytes(UTF_8));
    }

    /** Adds the password to the requests that this registry sends to its peers. */
    @Bean
    ReplicationClientAdditionalFilters credentialsForPeers(RegistrySettings settings) {
        if (!settings.needsPassword()) {
            return new ReplicationClientAdditionalFilters(Set.of());
        }
        String credentials = "Basic " + HttpHeaders.encodeBasicAuth(settings.username(), settings.password(), UTF_8);
        return new ReplicationClientAdditionalFilters(
                Set.of(request -> request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, credentials)));
    }
}
