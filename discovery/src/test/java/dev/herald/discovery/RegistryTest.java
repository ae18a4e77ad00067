package dev.herald.discovery;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

class RegistryTest {

    private final String app = "TEST-" + UUID.randomUUID();

    @Test
    void showsANewInstanceAtOnceAndForgetsADeadOneWithinSeconds() {
        int port = TestSocketUtils.findAvailableTcpPort();
        try (ConfigurableApplicationContext registry = start(port, "localhost", Map.of())) {
            assertThat(registry.isRunning()).isTrue();
            register(port, 2);

            assertThat(knows(port)).isTrue();
            await().atMost(ofSeconds(10)).until(() -> !knows(port));
        }
    }

    /** A client that reads the list during a change must not leave the old list in the registry's cache. */
    @Test
    void listsEveryChangeOfAStatusWithinSecondsWhileTheListIsRead() throws InterruptedException {
        int port = TestSocketUtils.findAvailableTcpPort();
        try (ConfigurableApplicationContext registry = start(port, "localhost", Map.of());
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(registry.isRunning()).isTrue();
            register(port, 600);
            for (int reader = 0; reader < 8; reader++) {
                readers.execute(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        status(port);
                    }
                });
            }
            try {
                for (int change = 0; change < 400; change++) {
                    String status = change % 2 == 0 ? "DOWN" : "UP";
                    override(port, "STARTING");
                    override(port, status);
                    await().atMost(ofSeconds(3)).pollInterval(ofMillis(2)).until(() -> status.equals(status(port)));
                }
            } finally {
                readers.shutdownNow();
            }
        }
    }

    @Test
    void showsAPageWithItsStyles() {
        int port = TestSocketUtils.findAvailableTcpPort();
        try (ConfigurableApplicationContext registry = start(port, "localhost", Map.of())) {
            assertThat(registry.isRunning()).isTrue();
            String page = http(port).get().uri("/").retrieve().body(String.class);

            assertThat(page).contains("eureka/css/wro.css", "eureka/js/wro.js");
            for (String file : List.of("/eureka/css/wro.css", "/eureka/js/wro.js")) {
                assertThat(http(port).get().uri(file).retrieve().body(String.class))
                        .as(file)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void replicatesToItsPeers() {
        int one = TestSocketUtils.findAvailableTcpPort();
        int two = TestSocketUtils.findAvailableTcpPort();
        Map<String, Object> peers = Map.of(
                "HERALD_EUREKA_PEERS", "http://localhost:%d/eureka/,http://127.0.0.1:%d/eureka/".formatted(one, two));
        try (ConfigurableApplicationContext first = start(one, "localhost", peers);
                ConfigurableApplicationContext second = start(two, "127.0.0.1", peers)) {
            assertThat(first.isRunning() && second.isRunning()).isTrue();
            register(one, 60);

            await().atMost(ofSeconds(30)).until(() -> knows(two));
        }
    }

    private static ConfigurableApplicationContext start(int port, String hostname, Map<String, Object> properties) {
        return new SpringApplicationBuilder(DiscoveryApplication.class)
                .profiles("local")
                .properties(properties)
                .run("--server.port=" + port, "--management.server.port=0", "--eureka.instance.hostname=" + hostname);
    }

    /** Registers like a Eureka client, but never renews the lease, like a process that was killed. */
    private void register(int port, int leaseSeconds) {
        ResponseEntity<Void> answer = http(port)
                .post()
                .uri("/eureka/apps/{app}", app)
                .contentType(MediaType.APPLICATION_JSON)
                .body("""
                        {"instance": {"instanceId": "%1$s:1", "app": "%1$s", "hostName": "localhost", "ipAddr": "127.0.0.1",
                          "vipAddress": "%1$s", "status": "UP", "port": {"$": 1, "@enabled": "true"},
                          "leaseInfo": {"renewalIntervalInSecs": 1, "durationInSecs": %2$d},
                          "dataCenterInfo": {"@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "name": "MyOwn"}}}
                        """.formatted(app, leaseSeconds))
                .retrieve()
                .toBodilessEntity();
        assertThat(answer.getStatusCode().value()).isEqualTo(204);
    }

    private void override(int port, String status) {
        http(port)
                .put()
                .uri("/eureka/apps/{app}/{app}:1/status?value={status}", app, app, status)
                .retrieve()
                .toBodilessEntity();
    }

    /** The instance as it is in the list. */
    private @Nullable String status(int port) {
        try {
            JsonNode list = http(port)
                    .get()
                    .uri("/eureka/apps/{app}", app)
                    .accept(MediaType.APPLICATION_JSON)
                    .retrieve()
                    .body(JsonNode.class);
            return list == null
                    ? null
                    : list.at("/application/instance/0/status").asString();
        } catch (ResourceAccessException interrupted) {
            return null;
        }
    }

    private boolean knows(int port) {
        String apps = http(port)
                .get()
                .uri("/eureka/apps")
                .accept(MediaType.APPLICATION_JSON)
                .retrieve()
                .body(String.class);
        return String.valueOf(apps).contains(app);
    }

    private static RestClient http(int port) {
        return RestClient.create("http://localhost:" + port);
    }
}
