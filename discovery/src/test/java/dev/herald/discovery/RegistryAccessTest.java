package dev.herald.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.userdetails.UserDetailsPasswordService;
import org.springframework.test.util.TestSocketUtils;

/** Two registries without the profile {@code local}, so that both need the password. */
@ExtendWith(OutputCaptureExtension.class)
class RegistryAccessTest {

    private static final String PASSWORD = "an orchard in Jüne ✓";
    private static final int PORT = TestSocketUtils.findAvailableTcpPort();
    private static final int PEER = TestSocketUtils.findAvailableTcpPort();
    private static final int MANAGEMENT = TestSocketUtils.findAvailableTcpPort();

    private static final int PEERS_MANAGEMENT = TestSocketUtils.findAvailableTcpPort();
    private static final String TOKEN = "a token of the operators";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext registry;
    private static ConfigurableApplicationContext peer;

    private final String app = "TEST-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        String peers = "http://localhost:%d/eureka/,http://127.0.0.1:%d/eureka/".formatted(PORT, PEER);
        registry = start(PORT, MANAGEMENT, "localhost", peers, "--HERALD_MANAGEMENT_TOKEN=" + TOKEN);
        peer = start(PEER, PEERS_MANAGEMENT, "127.0.0.1", peers, "");
    }

    private static ConfigurableApplicationContext start(
            int port, int managementPort, String hostname, String peers, String more) {
        return new SpringApplicationBuilder(DiscoveryApplication.class)
                .run(
                        "--server.port=" + port,
                        "--management.server.port=" + managementPort,
                        "--HERALD_EUREKA_HOSTNAME=" + hostname,
                        "--HERALD_EUREKA_PEERS=" + peers,
                        "--HERALD_EUREKA_PASSWORD=" + PASSWORD,
                        more);
    }

    @AfterAll
    static void stop() {
        peer.close();
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/eureka/apps", "/eureka/apps/USER-SERVICE", "/", "/lastn", "/nothing-is-here"})
    void refusesToTellAStranger(String path) throws Exception {
        assertThat(get(PORT, path, null).statusCode()).isEqualTo(401);
        assertThat(get(PORT, path, "a wrong password").statusCode()).isEqualTo(401);
    }

    @Test
    void refusesAStrangersInstance(CapturedOutput log) throws Exception {
        assertThat(register(null).statusCode()).isEqualTo(401);
        assertThat(register("a wrong password").statusCode()).isEqualTo(401);

        assertThat(get(PORT, "/eureka/apps", PASSWORD).body()).doesNotContain(app);
        assertThat(log).doesNotContain("a wrong password").doesNotContain(PASSWORD);
    }

    @Test
    void replicatesAnAuthenticatedInstanceToItsPeers() throws Exception {
        assertThat(register(PASSWORD).statusCode()).isEqualTo(204);

        assertThat(get(PORT, "/eureka/apps", PASSWORD).body()).contains(app);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(PEER, "/eureka/apps", PASSWORD).body().contains(app));
    }

    @Test
    void doesNotHashThePasswordOfEachRequest() {
        assertThat(registry.getBeansOfType(UserDetailsPasswordService.class))
                .as("what replaces the password by its bcrypt hash at the first request")
                .isEmpty();
    }

    @Test
    void answersProbesWithoutAPassword() throws Exception {
        assertThat(get(MANAGEMENT, "/actuator/health/readiness", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void needsTheOperatorsTokenOnItsManagementPort() throws Exception {
        HttpRequest.Builder loggers = request(MANAGEMENT, "/actuator/loggers", null);
        HttpResponse<String> refused = send(loggers);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(refused.body()).contains("\"code\":\"authentication-required\"");
        assertThat(get(MANAGEMENT, "/actuator/loggers", PASSWORD).statusCode()).isEqualTo(401);

        assertThat(send(loggers.header("Authorization", "Bearer " + TOKEN)).statusCode())
                .isEqualTo(200);
        assertThat(send(changingALogger(MANAGEMENT).header("Authorization", "Bearer " + TOKEN))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void changesNothingWithoutAnOperatorsToken() throws Exception {
        assertThat(get(PEERS_MANAGEMENT, "/actuator/loggers", null).statusCode())
                .isEqualTo(200);
        assertThat(send(changingALogger(PEERS_MANAGEMENT)).statusCode()).isEqualTo(405);
    }

    private static HttpRequest.Builder changingALogger(int port) {
        return request(port, "/actuator/loggers/dev.herald.nothing", null)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
    }

    @Test
    void doesNotStartWithoutAPassword() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(DiscoveryApplication.class)
                        .run("--server.port=0", "--management.server.port=0"))
                .hasMessageContaining("HERALD_EUREKA_PASSWORD");
    }

    private HttpResponse<String> register(@Nullable String password) throws IOException, InterruptedException {
        String instance = """
                {"instance": {"instanceId": "%1$s:1", "app": "%1$s", "hostName": "localhost", "ipAddr": "127.0.0.1",
                  "vipAddress": "%1$s", "status": "UP", "port": {"$": 1, "@enabled": "true"},
                  "leaseInfo": {"renewalIntervalInSecs": 1, "durationInSecs": 60},
                  "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
                """.formatted(app);
        return send(request(PORT, "/eureka/apps/" + app, password)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(instance)));
    }

    private static HttpResponse<String> get(int port, String path, @Nullable String password)
            throws IOException, InterruptedException {
        return send(request(port, path, password));
    }

    private static HttpRequest.Builder request(int port, String path, @Nullable String password) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("accept", "application/json, text/html");
        if (password != null) {
            request.header(
                    "authorization",
                    "Basic " + Base64.getEncoder().encodeToString(("herald:" + password).getBytes(UTF_8)));
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
