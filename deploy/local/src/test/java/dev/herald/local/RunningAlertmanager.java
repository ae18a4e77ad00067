package dev.herald.local;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.herald.local.process.SearchPath;
import dev.herald.local.server.Http;
import dev.herald.local.settings.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Alertmanager with Herald's configuration, whose receivers are webhooks of the test. */
final class RunningAlertmanager implements AutoCloseable {

    static final Path CONFIGURATION = Checkout.observability().resolve("alertmanager.yml");

    static final String MISSING = "is not on the PATH (Debian, Ubuntu: apt-get install prometheus-alertmanager)";

    private final Queue<Notification> notifications = new ConcurrentLinkedQueue<>();
    private final HttpServer webhook;
    private final Process process;
    private final int port;

    /** @param status firing or resolved */
    record Notification(String receiver, String status, List<String> alerts) {

        static Notification of(JsonNode body) {
            return new Notification(
                    body.get("receiver").asString(),
                    body.get("status").asString(),
                    body.get("alerts")
                            .valueStream()
                            .map(alert -> alert.at("/labels/alertname").asString())
                            .distinct()
                            .toList());
        }
    }

    /**
     * Skips the test where there is no Alertmanager.
     *
     * @param change for the time that a test has
     */
    RunningAlertmanager(Path folder, UnaryOperator<String> change) throws IOException {
        // Debian's name, then that of the project's own archive.
        List<Path> programs = Stream.of("prometheus-alertmanager", "alertmanager")
                .flatMap(name -> SearchPath.find(name).stream())
                .toList();
        assumeThat(programs).as("prometheus-alertmanager " + MISSING).isNotEmpty();
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext("/", this::receive);
        webhook.start();
        port = freePort();
        String configuration = Files.readString(CONFIGURATION)
                .replaceAll(
                        "http://\\w+\\.example\\.com/",
                        "http://localhost:%d/".formatted(webhook.getAddress().getPort()));
        Path file = Files.writeString(
                Files.createDirectories(folder).resolve("alertmanager.yml"), change.apply(configuration));
        process = new ProcessBuilder(
                        programs.getFirst().toString(),
                        "--config.file=" + file,
                        "--storage.path=" + folder.resolve("alertmanager"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("alertmanager.log").toFile())
                .start();
        await().atMost(ofSeconds(30))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> Http.get(url("/-/ready")).statusCode() == 200);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** As Prometheus does. */
    void send(String alerts) throws InterruptedException {
        assertThat(Http.post(url("/api/v2/alerts"), alerts).statusCode()).isEqualTo(200);
    }

    /** To people: all but the dead man's switch. */
    List<Notification> notifications() {
        return notifications.stream()
                .filter(notification -> !notification.receiver().equals("watchdog"))
                .toList();
    }

    long watchdogs() {
        return notifications.stream()
                .filter(notification -> notification.receiver().equals("watchdog"))
                .count();
    }

    private URI url(String path) {
        return URI.create("http://" + address() + path);
    }

    private void receive(HttpExchange exchange) throws IOException {
        notifications.add(Notification.of(JsonMapper.shared().readTree(exchange.getRequestBody())));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        webhook.stop(0);
    }
}
