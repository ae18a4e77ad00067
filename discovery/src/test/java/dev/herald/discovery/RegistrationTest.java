package dev.herald.discovery;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.web.client.RestClient;

/** An instance with the platform's registration, against real registries. */
class RegistrationTest {

    private static final int ONE = TestSocketUtils.findAvailableTcpPort();
    private static final int OTHER = TestSocketUtils.findAvailableTcpPort();
    private static final String ONE_URL = "http://localhost:%d/eureka/".formatted(ONE);
    private static final String OTHER_URL = "http://127.0.0.1:%d/eureka/".formatted(OTHER);

    private static @Nullable ConfigurableApplicationContext one;
    private static @Nullable ConfigurableApplicationContext other;

    private static @Nullable Running shared;

    private final RestClient registry = RestClient.create(ONE_URL);
    private Running instance = shared();

    /** An instance that runs. */
    private record Running(String name, int port, ConfigurableApplicationContext context) {

        static Running start(String deregistrationDelay) {
            String name = "test-" + UUID.randomUUID();
            int port = TestSocketUtils.findAvailableTcpPort();
            return new Running(
                    name,
                    port,
                    new SpringApplicationBuilder(Instance.class)
                            .profiles("local")
                            .run(
                                    "--spring.config.location=classpath:platform-core.yml",
                                    "--spring.application.name=" + name,
                                    "--server.port=" + port,
                                    "--management.server.port=0",
                                    "--eureka.instance.instance-id=" + name,
                                    "--eureka.client.service-url.defaultZone=%s,%s".formatted(ONE_URL, OTHER_URL),
                                    // The services' Eureka client; the registry has another one.
                                    "--eureka.client.jersey.enabled=false",
                                    "--herald.shutdown.deregistration-delay=" + deregistrationDelay));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Instance {}

    /** The registries are not peers, so an instance can have different statuses in them. */
    @BeforeAll
    static void start() {
        one = startRegistry(ONE);
        other = startRegistry(OTHER);
        shared = Running.start("0s");
    }

    private static Running shared() {
        return Objects.requireNonNull(shared);
    }

    @AfterAll
    static void stop() {
        shared().context().close();
        Objects.requireNonNull(one).close();
        Objects.requireNonNull(other).close();
    }

    @BeforeEach
    void awaitRegistration() {
        awaitStatus("UP");
        awaitHealth(Status.UP, "UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTING", "DOWN", "UNKNOWN"})
    void healsAStatusThatWasSet(String status) {
        override(status);

        awaitStatus("UP");
        awaitHealth(Status.UP, "UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTING", "DOWN", "UNKNOWN"})
    void healsARegistrationWithALaterDirtyTime(String status) {
        registerInItsPlace(entry(registry).set("$.instance.status", status));
        assertThat(status(registry)).isEqualTo(status);

        awaitStatus("UP");
        awaitHealth(Status.UP, "UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$.instance.port.$", "$.instance.securePort.$"})
    void healsAWrongAddress(String port) {
        int right = entry(registry).read(port, Integer.class);
        registerInItsPlace(entry(registry).set(port, 1));

        await().atMost(ofSeconds(5)).until(() -> entry(registry).read(port, Integer.class) == right);
    }

    @Test
    void registersAgainWhenItIsMissing() {
        remove();
        awaitStatus("UP");
    }

    @Test
    void healsEachRegistry() {
        RestClient second = RestClient.create(OTHER_URL);
        await().atMost(ofSeconds(5)).until(() -> "UP".equals(status(second)));

        override(second, "DOWN");

        awaitHealth(Status.DOWN, "DOWN");
        await().atMost(ofSeconds(5)).until(() -> "UP".equals(status(second)));
        awaitHealth(Status.UP, "UP");
    }

    @Test
    void keepsAnOperatorsOutOfServiceButShowsIt() {
        override("OUT_OF_SERVICE");
        awaitHealth(Status.OUT_OF_SERVICE, "OUT_OF_SERVICE");
        assertThat(metric("UP", "OUT_OF_SERVICE")).isEqualTo(1);
        assertThat(metric("UP", "UP")).isZero();

        // Even if something else is registered in its place meanwhile.
        registerInItsPlace(entry(registry).set("$.instance.status", "STARTING"));
        awaitStatus("OUT_OF_SERVICE");

        override("UP");
        awaitHealth(Status.UP, "UP");
        assertThat(metric("UP", "UP")).isEqualTo(1);
    }

    @Test
    void isUpAfterTheOperatorRemovesTheOverride() {
        override("OUT_OF_SERVICE");
        awaitHealth(Status.OUT_OF_SERVICE, "OUT_OF_SERVICE");

        registry.delete()
                .uri("/apps/{app}/{id}/status", instance.name(), instance.name())
                .retrieve()
                .toBodilessEntity();

        awaitStatus("UP");
    }

    @Test
    void isDownBeforeItStopsAndGoneAfterIt() throws InterruptedException {
        instance = Running.start("3s");
        awaitStatus("UP");
        registerInItsPlace(entry(registry).set("$.instance.status", "STARTING"));
        awaitStatus("UP");

        Thread stop = Thread.ofVirtual().start(instance.context()::close);

        await().atMost(ofSeconds(3)).until(() -> "DOWN".equals(status(registry)));
        stop.join();
        assertThat(status(registry)).isNull();
        await().during(ofSeconds(2)).until(() -> status(registry) == null);
    }

    private static ConfigurableApplicationContext startRegistry(int port) {
        return new SpringApplicationBuilder(DiscoveryApplication.class)
                .profiles("local")
                .run("--server.port=" + port, "--management.server.port=0");
    }

    private void override(String status) {
        override(registry, status);
    }

    private void override(RestClient registry, String status) {
        registry.put()
                .uri("/apps/{app}/{id}/status?value={status}", instance.name(), instance.name(), status)
                .retrieve()
                .toBodilessEntity();
    }

    private void remove() {
        registry.delete()
                .uri("/apps/{app}/{id}", instance.name(), instance.name())
                .retrieve()
                .toBodilessEntity();
        assertThat(status(registry)).isNull();
    }

    /** With a clock that is an hour ahead. */
    private void registerInItsPlace(DocumentContext entry) {
        String later = Long.toString(Instant.now().plusSeconds(3600).toEpochMilli());
        registry.post()
                .uri("/apps/{app}", instance.name())
                .contentType(MediaType.APPLICATION_JSON)
                .body(entry.set("$.instance.lastDirtyTimestamp", later).jsonString())
                .retrieve()
                .toBodilessEntity();
    }

    private DocumentContext entry(RestClient registry) {
        return JsonPath.parse(Objects.requireNonNull(body(registry)));
    }

    private @Nullable String status(RestClient registry) {
        String body = body(registry);
        return body == null ? null : JsonPath.read(body, "$.instance.status");
    }

    private @Nullable String body(RestClient registry) {
        return registry.get()
                .uri("/apps/{app}/{id}", instance.name(), instance.name())
                .accept(MediaType.APPLICATION_JSON)
                .exchange((request, response) ->
                        response.getStatusCode().is2xxSuccessful() ? response.bodyTo(String.class) : null);
    }

    private void awaitStatus(String status) {
        await().atMost(ofSeconds(5)).until(() -> status.equals(status(registry)));
    }

    private void awaitHealth(Status status, String actual) {
        await().atMost(ofSeconds(5)).untilAsserted(() -> {
            Health health = Objects.requireNonNull(instance.context()
                    .getBean("registryHealthIndicator", HealthIndicator.class)
                    .health());
            assertThat(health.getStatus()).isEqualTo(status);
            assertThat(health.getDetails()).isEqualTo(Map.of("expected", "UP", "actual", actual));
        });
    }

    private double metric(String expected, String actual) {
        return instance.context()
                .getBean(MeterRegistry.class)
                .get("herald.registry.status")
                .tags("expected", expected, "actual", actual)
                .gauge()
                .value();
    }
}
