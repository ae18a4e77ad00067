package dev.herald.post;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.herald.platform.testing.Api;
import dev.herald.platform.testing.HardeningPage;
import dev.herald.platform.testing.OtherService;
import dev.herald.platform.testing.RealServers;
import dev.herald.platform.testing.ServerCertificate;
import dev.herald.platform.testing.TestTokens;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/** The settings of deploy/operations/hardening.md for TLS, with a user-service that accepts nothing else. */
@PostServiceTest
@TestPropertySource(properties = "HERALD_DISCOVERY=dns")
@ContextConfiguration(initializers = HardeningTest.Tls.class)
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class HardeningTest {

    private static final Map<String, Object> POST = Map.of("title", "Title", "content", "Content");

    private static final ServerCertificate CERTIFICATE = ServerCertificate.create();
    private static final ServerCertificate OF_ANOTHER_NAME = CERTIFICATE.alsoFor("dns:elsewhere.example.com");
    private static final OtherService USERS = OtherService.overTls(CERTIFICATE);

    static {
        USERS.answers("/.well-known/jwks.json", 200, TestTokens.publicKeys());
    }

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int management;

    @Autowired
    private CircuitBreakerRegistry breakers;

    private TestAuthor ada;

    @BeforeEach
    void ada(@Autowired SslBundles bundles) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(bundles.getBundle("herald").createSslContext())
                .build();
        ada = TestAuthor.unknown(
                "Ada",
                RestTestClient.bindToServer(new JdkClientHttpRequestFactory(client))
                        .baseUrl("https://localhost:" + port)
                        .build());
        USERS.answers(path(), 200, """
                {"id": "%s", "name": "Ada", "email": "%s", "createdAt": "2026-01-05T09:30:00.123456Z"}
                """.formatted(ada.id(), ada.email()));
    }

    @AfterEach
    void presentTheValidCertificate() {
        USERS.present(CERTIFICATE);
        breakers.circuitBreaker("user-service").reset();
    }

    @Test
    void callsUserServiceOverTls() {
        ada.api().post("/api/posts", POST).expect(201);

        assertThat(USERS.requests(path())).hasSize(1);
        assertThat(plain(port).get("/api/posts").status())
                .as("without TLS itself")
                .isEqualTo(400);
    }

    @Test
    void refusesACertificateOfAnotherAuthority(CapturedOutput output) {
        assertIsRefused(ServerCertificate.create());

        assertThat(output).contains("(sun.security.provider.certpath.SunCertPathBuilderException)");
    }

    @Test
    void refusesACertificateForAnotherName(CapturedOutput output) {
        assertIsRefused(OF_ANOTHER_NAME);

        assertThat(output).contains("(java.security.cert.CertificateException)");
    }

    @Test
    void answersProbesWithoutTls() {
        await().atMost(ofSeconds(30))
                .untilAsserted(() ->
                        plain(management).get("/actuator/health/readiness").expect(200));
    }

    private void assertIsRefused(ServerCertificate presented) {
        USERS.present(presented);

        ada.api().post("/api/posts", POST).problem(503, "upstream-unavailable");

        assertThat(USERS.requests(path())).isEmpty();
    }

    private String path() {
        return "/api/users/" + ada.id();
    }

    private static Api plain(int port) {
        return new Api(RestTestClient.bindToServer(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + port)
                .build());
    }

    /** In the place of those that the tests share. */
    static class Tls implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            new RealServers().initialize(context);
            HardeningPage.section("Between the services").applyTo(context, Tls::places);
            HardeningPage.section("Without a registry").applyTo(context, Tls::places);
        }

        private static String places(String value) {
            return value.replace("/etc/herald", CERTIFICATE.folder().toString())
                    .replace("https://user-service:8081", USERS.url());
        }
    }
}
