package dev.herald.gateway.portal.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.herald.gateway.problem.GatewayProblem;
import dev.herald.platform.management.ManagementSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.web.exchanges.InMemoryHttpExchangeRepository;
import org.springframework.cloud.client.discovery.simple.InstanceProperties;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClient;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryProperties;
import org.springframework.test.util.TestSocketUtils;
import tools.jackson.databind.json.JsonMapper;

/** The console, with a real HTTP server in place of an instance's management port. */
class ConsoleTest {

    private final AtomicReference<String> posted = new AtomicReference<>("");
    private HttpServer management;

    @BeforeEach
    void start() throws IOException {
        management = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/actuator/health", 503, """
                {"status": "DOWN", "components": {"db": {"status": "DOWN"}, "redis": {"status": "UP"}}}""");
        answer("/actuator/prometheus", 200, """
                # TYPE jvm_memory_used_bytes gauge
                jvm_memory_used_bytes{area="heap",id="a } b"} 3.145728E7
                jvm_memory_used_bytes{area="nonheap"} 1048576.0
                jvm_memory_used_bytes_else 5.0
                herald_outbox_pending{application="user-service"} 3.0
                herald_outbox_parked 1.0
                kafka_consumer_fetch_manager_records_lag_max{client_id="1"} NaN
                kafka_consumer_fetch_manager_records_lag_max{client_id="2"} 7.0
                """);
        answer("/actuator/deadletters", 200, """
                {"total": 1, "deadLetters": [{"id": "user-events/3/17", "outcome": "replayed", "type": "user.created", "reason": "no"}]}""");
        answer("/actuator/logfile", 206, "the last line");
        management.start();
    }

    @AfterEach
    void stop() {
        management.stop(0);
    }

    private void answer(String path, int status, String body) {
        management.createContext(path, exchange -> {
            posted.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            send(exchange, status, body);
        });
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders()
                .add("content-type", body.startsWith("{") ? "application/json" : "text/plain;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void showsWhatAnInstanceSaysOfItself() {
        assertThat(requireNonNull(
                        console(management.getAddress().getPort()).instances().block()))
                .singleElement()
                .satisfies(instance -> {
                    assertThat(instance.isUp()).isFalse();
                    assertThat(instance.faults()).isEqualTo("db DOWN");
                    assertThat(instance.memoryMiB()).isEqualTo(31);
                    assertThat(instance.outbox()).isEqualTo("3 waiting, 1 parked");
                    assertThat(instance.lag()).isEqualTo("7");
                });
    }

    @Test
    void showsAnInstanceThatDoesNotAnswer() {
        Console console = console(TestSocketUtils.findAvailableTcpPort());

        assertThat(requireNonNull(console.instances().block()))
                .singleElement()
                .extracting(InstanceStatus::state)
                .isEqualTo("NO ANSWER");
        assertThat(console.deadLetters().block()).isEmpty();
    }

    @Test
    void listsDeadLettersAndReplaysOne() {
        Console console = console(management.getAddress().getPort());

        assertThat(console.deadLetters().block())
                .isEqualTo(List.of(new Console.DeadLetter("user-service", "user-events/3/17", "user.created", "no")));
        assertThat(console.replay("user-service", "user-events/3/17").block()).isEqualTo("replayed");
        assertThat(posted).hasValue("{\"ids\":\"user-events/3/17\"}");
    }

    @Test
    void showsTheLogOfAKnownInstanceOnly() {
        Console console = console(management.getAddress().getPort());

        assertThat(console.log("user-service:1").block()).isEqualTo("the last line");
        assertThatThrownBy(() -> console.log("127.0.0.1:22").block())
                .isInstanceOf(GatewayProblem.class)
                .hasMessageContaining("There is no instance");
        assertThatThrownBy(() -> console.replay("other", "x").block())
                .isInstanceOf(GatewayProblem.class)
                .hasMessageContaining("There is no service");
    }

    @Test
    void drawsTheSpansOfATraceInTheOrderOfTheirBegin() {
        List<TraceSpan> spans = TraceSpan.of(
                List.of(JsonMapper.shared().readTree("""
                        {"name": "get /api", "timestamp": 1000000, "duration": 20000, "localEndpoint": {"serviceName": "gateway"}}"""), JsonMapper.shared().readTree("""
                        {"name": "query", "timestamp": 1005000, "duration": 5000, "localEndpoint": {"serviceName": "user-service"}}""")));

        assertThat(spans)
                .isEqualTo(List.of(
                        new TraceSpan("gateway", "get /api", "0.0", "20.0", "0.0", "100.0"),
                        new TraceSpan("user-service", "query", "5.0", "5.0", "25.0", "25.0")));
        assertThat(TraceSpan.of(List.of())).isEmpty();
    }

    private static Console console(int managementPort) {
        InstanceProperties instance = new InstanceProperties();
        instance.setInstanceId("user-service:1");
        instance.setServiceId("user-service");
        instance.setUri(URI.create("http://127.0.0.1:8081"));
        instance.setMetadata(Map.of("management.port", String.valueOf(managementPort)));
        SimpleDiscoveryProperties properties = new SimpleDiscoveryProperties();
        properties.setInstances(Map.of("user-service", List.of(instance)));
        return new Console(
                new ManagementClient(new SimpleDiscoveryClient(properties), new ManagementSettings(null)),
                new InMemoryHttpExchangeRepository());
    }
}
