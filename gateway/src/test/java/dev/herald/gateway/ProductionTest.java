package dev.herald.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Outside a developer's machine, with TLS as {@code SERVER_SSL_BUNDLE} turns it on. */
@ActiveProfiles(
        profiles = {},
        inheritProfiles = false)
@TestPropertySource(
        properties = {
            "logging.level.dev.herald.gateway.access=info",
            "herald.registry.password=an orchard in June",
            "herald.management.token=a token of the operators"
        })
@ExtendWith(OutputCaptureExtension.class)
class ProductionTest extends GatewayTest {

    private static final String PASSWORD = "correct horse";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @LocalManagementPort
    private int management;

    @Autowired
    private MeterRegistry meters;

    private HttpClient client;

    @DynamicPropertySource
    static void tls(DynamicPropertyRegistry properties) throws IOException, InterruptedException {
        String bundle = "spring.ssl.bundle.jks.edge.keystore.";
        String location = "file:" + selfSigned(folder.resolve("edge.p12"));
        properties.add(bundle + "location", () -> location);
        properties.add(bundle + "type", () -> "PKCS12");
        properties.add(bundle + "password", () -> PASSWORD);
        properties.add("server.ssl.bundle", () -> "edge");
    }

    private static Path selfSigned(Path store) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "edge",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        return store;
    }

    @BeforeEach
    void trustTheGateway() throws Exception {
        client = HttpClient.newBuilder().sslContext(trusting()).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("edge.p12"))) {
            store.load(file, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("edge", store.getCertificate("edge"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    @Test
    void agreesOnHttp2() throws IOException, InterruptedException {
        int before = REACHED.get();

        HttpResponse<String> answer = client.send(
                request("/api/auth/login")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.body()).isEqualTo("2");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        assertThat(REACHED).hasValue(before + 1);
    }

    /** The alert HeraldCertificateExpires needs it. */
    @Test
    void measuresHowLongItsCertificateIsValid() {
        double seconds =
                meters.get("ssl.chain.expiry").tag("bundle", "edge").gauge().value();

        // keytool's 90 days.
        assertThat(seconds / Duration.ofDays(1).toSeconds()).isBetween(80.0, 90.0);
    }

    @Test
    void explainsWhatIsNoRequest() throws Exception {
        try (Socket socket = trusting().getSocketFactory().createSocket("localhost", port)) {
            socket.getOutputStream()
                    .write("GET /api\\users HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"malformed-request\"");
        }
    }

    @Test
    void showsAPortalWithoutTheLiveForm() throws IOException, InterruptedException {
        assertThat(get("/").body()).contains("The first five calls").doesNotContain("<form");
        assertThat(get("/portal/events/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(get("/portal/emails/ada@example.com").statusCode()).isEqualTo(404);
    }

    @Test
    void needsTheOperatorsTokenOnItsManagementPort() throws IOException, InterruptedException {
        assertThat(manage("/actuator/health/liveness", "").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = manage("/actuator/loggers", "Bearer another token");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(refused.body()).contains("\"code\":\"authentication-required\"");
        assertThat(manage("/actuator/loggers", "Bearer a token of the operators")
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> manage(String path, String authorization) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + management + path))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void letsNoOtherOriginCall() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                request("/api/users").header("Origin", "http://localhost:3000").build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void writesAnAccessLineAsOneDocument(CapturedOutput output) throws IOException, InterruptedException {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        client.send(
                request("/api/users")
                        .header("traceparent", "00-%s-b7ad6b7169203331-01".formatted(trace))
                        .header("X-Request-Id", "an-access-line")
                        .build(),
                HttpResponse.BodyHandlers.discarding());

        // The line is written after the response.
        await().untilAsserted(() -> assertThat(output.getOut().lines().filter(line -> line.contains("an-access-line")))
                .singleElement()
                .satisfies(line -> {
                    JsonNode document = JsonMapper.shared().readTree(line);
                    assertThat(document.path("trace.id").asString()).isEqualTo(trace);
                    assertThat(document.path("http.request.id").asString()).isEqualTo("an-access-line");
                }));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:%d%s".formatted(port, path)))
                .header("Authorization", BEARER);
    }
}
