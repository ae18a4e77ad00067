package dev.herald.platform.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.client.RestClient;

/** Accepts only Herald's access tokens. */
@AutoConfiguration(
        afterName = {
            "dev.herald.platform.revocation.RevocationAutoConfiguration",
            "org.springframework.cloud.client.CommonsClientAutoConfiguration"
        },
        beforeName = {
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration"
        })
@ConditionalOnClass(JwtDecoder.class)
@ConditionalOnProperty("herald.security.issuer")
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SecurityAutoConfiguration.class);

    /** Shorter than the time for which a new key is published before it signs, so that verifiers know each key in time. */
    static final Duration KEYS_FRESH_FOR = Duration.ofMinutes(5);

    private static final Duration KEYS_KEPT_FOR = Duration.ofHours(24);
    private static final Duration KEYS_TIMEOUT = Duration.ofSeconds(2);

    /** Unknown key ids and failures cause at most two fetches in this time. */
    private static final Duration KEYS_FETCH_INTERVAL = Duration.ofSeconds(1);

    /** Waits long enough for the service with the keys to start after this one. */
    private static final RetryPolicy FIRST_KEYS = RetryPolicy.builder()
            .includes(KeySourceException.class)
            .delay(KEYS_FETCH_INTERVAL.dividedBy(2))
            .maxRetries(Long.MAX_VALUE)
            .timeout(Duration.ofSeconds(30))
            .build();

    /** @param clients names the SSL bundle that services over TLS are trusted by */
    @Bean
    @ConditionalOnMissingBean
    JWKSource<SecurityContext> accessTokenKeys(
            SecuritySettings settings, DiscoveryClient registry, HttpClientSettings clients) {
        URI keys = Objects.requireNonNull(settings.keys(), "herald.security.keys is not set");
        RestClient http = RestClient.builder()
                .requestFactory(
                        ClientHttpRequestFactoryBuilder.jdk().build(clients.withTimeouts(KEYS_TIMEOUT, KEYS_TIMEOUT)))
                .build();
        return JWKSourceBuilder.create(new DiscoveredKeys(keys, registry, http))
                .cache(
                        KEYS_FRESH_FOR.toMillis(),
                        KEYS_TIMEOUT.plus(KEYS_TIMEOUT).toMillis())
                .rateLimited(KEYS_FETCH_INTERVAL.toMillis())
                .outageTolerant(KEYS_KEPT_FOR.toMillis())
                .build();
    }

    @Bean
    @ConditionalOnMissingBean(JwtDecoder.class)
    TokenVerifier accessTokenVerifier(
            JWKSource<SecurityContext> keys,
            SecuritySettings settings,
            RevokedSessions revoked,
            ObjectProvider<WithdrawnKeys> withdrawn,
            Clock clock) {
        return new TokenVerifier(keys, settings.issuer(), revoked, withdrawn.getIfAvailable(() -> kid -> false), clock);
    }

    /** Fetches the keys before the first request. If that fails, the service starts and fetches them with the first token. */
    @Bean
    ApplicationRunner firstKeys(TokenVerifier verifier) {
        return arguments -> {
            try {
                new RetryTemplate(FIRST_KEYS).execute(verifier::fetchKeys);
            } catch (RetryException e) {
                if (!(e.getCause() instanceof KeySourceException)) {
                    throw e;
                }
                log.warn("No token can be verified until the keys are available", e.getCause());
            }
        };
    }

    /** Turns off the observation of each security filter, whose spans and timers would be many. */
    @Bean
    @ConditionalOnMissingBean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }
}
