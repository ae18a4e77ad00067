package dev.herald.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway and a user-service, started like those of the suite but with additional settings. They do not register, so only this benchmark
 * calls them.
 */
final class GatewayPair implements AutoCloseable {

    /** The settings without metrics, traces and the access log. */
    static final Map<String, Object> UNOBSERVED = Map.of(
            "management.metrics.enable.all", false,
            "management.observations.enable.all", false,
            "logging.level.dev.herald.gateway.access", "off");

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(250);

    private final List<Process> processes;
    private final URI gateway;
    private final List<URI> management;

    GatewayPair(Target target, Map<String, Object> settings) throws IOException {
        int userServicePort = freePort();
        int gatewayPort = freePort();
        int userServiceManagement = freePort();
        int gatewayManagement = freePort();
        Map<String, Object> alone = new HashMap<>(settings);
        alone.put("eureka.client.enabled", false);
        Map<String, Object> routed = new HashMap<>(alone);
        routed.put(
                "spring.cloud.discovery.client.simple.instances.user-service[0].uri",
                "http://127.0.0.1:" + userServicePort);
        this.processes = List.of(
                start(target.userServiceProgram(), userServicePort, userServiceManagement, alone),
                start(target.gatewayProgram(), gatewayPort, gatewayManagement, routed));
        this.gateway = URI.create("http://127.0.0.1:" + gatewayPort);
        this.management = List.of(
                URI.create("http://127.0.0.1:" + userServiceManagement),
                URI.create("http://127.0.0.1:" + gatewayManagement));
    }

    private static Process start(Target.Program program, int port, int managementPort, Map<String, Object> settings)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.command())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(program.environment());
        builder.environment()
                .putAll(Map.of(
                        "SERVER_PORT", Integer.toString(port),
                        "MANAGEMENT_SERVER_PORT", Integer.toString(managementPort),
                        "SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings)));
        return builder.start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI gateway() {
        return gateway;
    }

    /** Waits until both are ready, without a request through the gateway. */
    void awaitReadiness() {
        for (URI server : management) {
            Wait.until(
                    () -> answers(new Api(server), "/actuator/health/readiness", ""),
                    POLL,
                    LIMIT,
                    "A gateway, or its user-service, is not ready.");
        }
    }

    /** Waits until a user can be read through the gateway. */
    void await(String path, String token) {
        Wait.until(
                () -> answers(new Api(gateway), path, token),
                POLL,
                LIMIT,
                "A gateway of the comparison does not answer.");
    }

    private boolean answers(Api server, String path, String token) throws InterruptedException {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new BenchFailed("A gateway of the comparison, or its user-service, does not start.");
        }
        try {
            server.get(path, token);
            return true;
        } catch (IOException | UncheckedIOException | BenchFailed e) {
            return false;
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
    }
}
