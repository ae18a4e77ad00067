package dev.herald.platform.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Fetches the public keys of access tokens (RFC 7517) from the first instance that answers.
 *
 * @param keys the address of the keys, with the service's name as the host
 */
record DiscoveredKeys(URI keys, DiscoveryClient registry, RestClient http) implements JWKSetSource<SecurityContext> {

    /** @throws JWKSetUnavailableException if no instance answers, after which Nimbus uses the last known keys */
    @Override
    public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator evaluator, long currentTime, SecurityContext context)
            throws JWKSetUnavailableException {
        List<URI> instances = registry.getInstances(keys.getHost()).stream()
                .map(ServiceInstance::getUri)
                .toList();
        JWKSetUnavailableException failure =
                new JWKSetUnavailableException("There is no instance of " + keys.getHost());
        for (URI instance : instances) {
            try {
                return JWKSet.parse(String.valueOf(http.get()
                        .uri(instance.resolve(keys.getPath()))
                        .retrieve()
                        .body(String.class)));
            } catch (RestClientException | ParseException e) {
                failure = new JWKSetUnavailableException("No keys from " + instance, e);
            }
        }
        throw failure;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
