package dev.herald.platform.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SimpleSecurityContext;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

class DiscoveredKeysTest {

    private static final SecuritySettings SETTINGS =
            new SecuritySettings("herald", URI.create("http://user-service/.well-known/jwks.json"), List.of());

    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    private final HttpServer userService;
    private final AtomicInteger looksUntilItIsUp = new AtomicInteger();
    private volatile JWKSet published = keys("first");

    DiscoveredKeysTest() throws IOException, JOSEException {
        userService = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        userService.createContext("/.well-known/jwks.json", exchange -> {
            byte[] body = published.toString(true).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        userService.start();
    }

    @AfterEach
    void stop() {
        userService.stop(0);
    }

    @Test
    void learnsOfANewKeyWellBeforeItSigns() throws Exception {
        Verifier verifier = new Verifier();
        assertThat(verifier.kidsAfter(Duration.ZERO)).containsExactly("first");

        published = keys("first", "second");

        assertThat(verifier.kidsAfter(Duration.ofMinutes(4))).containsExactly("first");
        assertThat(verifier.kidsAfter(Duration.ofMinutes(6))).containsExactly("first", "second");
    }

    @Test
    void keepsTheLastKnownKeysForADayWhileUserServiceIsAway() throws Exception {
        Verifier verifier = new Verifier();
        assertThat(verifier.kidsAfter(Duration.ZERO)).containsExactly("first");

        userService.stop(0);

        assertThat(verifier.kidsAfter(Duration.ofMinutes(6))).containsExactly("first");
        assertThat(verifier.kidsAfter(Duration.ofHours(23))).containsExactly("first");
        assertThatExceptionOfType(JWKSetUnavailableException.class)
                .isThrownBy(() -> verifier.kidsAfter(Duration.ofHours(25)));
    }

    @Test
    void aServiceWaitsForTheKeysOfAUserServiceThatStartsWithIt() throws Exception {
        looksUntilItIsUp.set(3);
        SecurityAutoConfiguration configuration = new SecurityAutoConfiguration();
        TokenVerifier verifier = new TokenVerifier(
                configuration.accessTokenKeys(SETTINGS, registry(), HttpClientSettings.defaults()),
                "herald",
                session -> false,
                kid -> false,
                Clock.systemUTC());

        configuration.firstKeys(verifier).run(new DefaultApplicationArguments());

        userService.stop(0);
        assertThat(verifier.fetchKeys()).extracting(JWK::getKeyID).containsExactly("first");
    }

    /** The keys as a service keeps them, at times of the test's choice. */
    private final class Verifier {

        private final JWKSetBasedJWKSource<SecurityContext> keys = (JWKSetBasedJWKSource<SecurityContext>)
                new SecurityAutoConfiguration().accessTokenKeys(SETTINGS, registry(), HttpClientSettings.defaults());

        List<String> kidsAfter(Duration since) throws KeySourceException {
            return keys
                    .getJWKSetSource()
                    .getJWKSet(
                            JWKSetCacheRefreshEvaluator.noRefresh(),
                            START.plus(since).toEpochMilli(),
                            new SimpleSecurityContext())
                    .getKeys()
                    .stream()
                    .map(JWK::getKeyID)
                    .toList();
        }
    }

    private DiscoveryClient registry() {
        return new DiscoveryClient() {
            @Override
            public String description() {
                return "one instance of user-service";
            }

            @Override
            public List<ServiceInstance> getInstances(String service) {
                if (looksUntilItIsUp.getAndDecrement() > 0) {
                    return List.of();
                }
                InetSocketAddress address = userService.getAddress();
                return List.of(new DefaultServiceInstance(
                        "1", service, address.getAddress().getHostAddress(), address.getPort(), false));
            }

            @Override
            public List<String> getServices() {
                return List.of("user-service");
            }
        };
    }

    private static JWKSet keys(String... kids) throws JOSEException {
        List<JWK> keys = new ArrayList<>();
        for (String kid : kids) {
            keys.add(new RSAKeyGenerator(2048).keyID(kid).generate());
        }
        return new JWKSet(keys);
    }
}
