package dev.herald.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.platform.testing.HardeningPage;
import dev.herald.platform.testing.OtherService;
import dev.herald.platform.testing.RealRedis;
import dev.herald.platform.testing.ServerCertificate;
import dev.herald.platform.testing.TestTokens;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.BodyInserters;

/** The settings of deploy/operations/hardening.md for TLS, with services that accept nothing else. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"HERALD_DISCOVERY=dns", "management.server.port=0"})
@ActiveProfiles("local")
@ContextConfiguration(initializers = ServiceTlsTest.Hardening.class)
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class ServiceTlsTest {

    private static final ServerCertificate CERTIFICATE = ServerCertificate.create();
    private static final OtherService USERS = OtherService.overTls(CERTIFICATE);
    private static final OtherService OF_ANOTHER_AUTHORITY = OtherService.overTls(ServerCertificate.create());
    private static final OtherService OF_ANOTHER_NAME =
            OtherService.overTls(CERTIFICATE.alsoFor("dns:elsewhere.example.com"));

    static {
        USERS.answers("/.well-known/jwks.json", 200, TestTokens.publicKeys());
    }

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int management;

    @Autowired
    private SslBundles bundles;

    private WebTestClient http;

    @DynamicPropertySource
    static void redis(DynamicPropertyRegistry properties) {
        properties.add("spring.data.redis.url", RealRedis::url);
    }

    @BeforeEach
    void trustTheGateway() {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(bundles.getBundle("herald").createSslContext())
                .build();
        http = WebTestClient.bindToServer(new JdkClientHttpConnector(client))
                .baseUrl("https://localhost:" + port)
                // The first request of a JVM takes longer than the default of 5 s while other builds use the
                // processors.
                .responseTimeout(Duration.ofSeconds(30))
                .defaultHeader("Authorization", TestTokens.bearer(UUID.randomUUID()))
                .build();
    }

    @Test
    void routesRequestsOverTls() {
        USERS.answers("/api/users/7", 200, "{}");

        for (int request = 0; request < 5; request++) {
            http.get().uri("/api/users/7").exchange().expectStatus().isOk();
        }

        assertThat(USERS.requests("/api/users/7")).hasSize(5);
    }

    @Test
    void sendsTheTokensOfMailedLinksOverTls() {
        USERS.answers("/api/auth/verify-email", 410, "{}");

        http.post()
                .uri("/account/verify-email")
                .header("Origin", "null")
                .body(BodyInserters.fromFormData("token", "used"))
                .exchange()
                .expectStatus()
                .isEqualTo(410);

        assertThat(USERS.requests("/api/auth/verify-email")).hasSize(1);
    }

    @Test
    void refusesACertificateOfAnotherAuthority(CapturedOutput output) {
        assertIsUnavailable("/api/posts");

        assertThat(OF_ANOTHER_AUTHORITY.requests("/api/posts")).isEmpty();
        assertThat(output).contains("unable to find valid certification path");
    }

    @Test
    void refusesACertificateForAnotherName(CapturedOutput output) {
        assertIsUnavailable("/api/notifications");

        assertThat(OF_ANOTHER_NAME.requests("/api/notifications")).isEmpty();
        assertThat(output).contains("No subject alternative names matching");
    }

    @Test
    void answersProbesWithoutTls() {
        WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + management)
                .build()
                .get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void assertIsUnavailable(String path) {
        http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("upstream-unavailable");
    }

    static class Hardening implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            HardeningPage.section("Between the services").applyTo(context, Hardening::places);
            HardeningPage.section("Without a registry").applyTo(context, Hardening::places);
        }

        private static String places(String value) {
            return value.replace("/etc/herald", CERTIFICATE.folder().toString())
                    .replace("https://user-service:8081", USERS.url())
                    .replace("https://post-service:8082", OF_ANOTHER_AUTHORITY.url())
                    .replace("https://notification-service:8083", OF_ANOTHER_NAME.url());
        }
    }
}
