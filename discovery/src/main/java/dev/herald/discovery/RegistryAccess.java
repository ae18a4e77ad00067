package dev.herald.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.herald.platform.observability.ManagementPort;
import dev.herald.platform.registry.RegistrySettings;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.server.ReplicationClientAdditionalFilters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Requires the registry's password on its port. An instance that registers as user-service receives passwords and tokens, so registration
 * must not be open.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrySettings.class)
class RegistryAccess {

    /** Without CSRF tokens, because the registry accepts JSON and XML only, which pages of other origins cannot send. */
    @Bean
    SecurityFilterChain access(HttpSecurity http, RegistrySettings settings, ManagementPort managementPort) {
        return http.authorizeHttpRequests(requests -> {
                    requests.requestMatchers(request -> managementPort.is(request.getLocalPort()))
                            .permitAll();
                    if (settings.needsPassword()) {
                        requests.anyRequest().authenticated();
                    } else {
                        requests.anyRequest().permitAll();
                    }
                })
                .httpBasic(withDefaults())
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    @Bean
    UserDetailsService clients(RegistrySettings settings) {
        InMemoryUserDetailsManager clients = new InMemoryUserDetailsManager();
        if (settings.needsPassword()) {
            clients.createUser(User.withUsername(settings.username())
                    .password("{noop}" + settings.password())
                    .build());
        }
        return clients;
    }

    /** Authenticates the replication between registries. */
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
