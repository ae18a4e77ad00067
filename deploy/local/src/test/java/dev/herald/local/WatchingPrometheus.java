package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.herald.local.process.Folders;
import dev.herald.local.process.Polling;
import dev.herald.local.server.Http;
import dev.herald.local.server.Prometheus;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real Prometheus with Herald's own configuration and rules. */
final class WatchingPrometheus implements AutoCloseable {

    private final Prometheus prometheus;
    private final Process process;

    /** With short intervals: it scrapes every second, and alerts fire without waiting. Skips the test if Prometheus is not installed. */
    static WatchingPrometheus over(Settings settings) throws Exception {
        Prometheus installed = installed(settings);
        return new WatchingPrometheus(installed, hastened(installed));
    }

    /** With the intervals of production, and an Alertmanager. Skips the test if Prometheus is not installed. */
    static WatchingPrometheus sending(Settings settings, String alertmanager) throws Exception {
        Prometheus installed = installed(settings);
        return new WatchingPrometheus(
                installed,
                installed
                        .configuration()
                        .replace(
                                "alertmanagers: []",
                                "alertmanagers: [static_configs: [targets: [\"%s\"]]]".formatted(alertmanager)));
    }

    private static Prometheus installed(Settings settings) {
        Optional<Prometheus> installed = Prometheus.of(settings);
        assumeThat(installed).as("prometheus " + Prometheus.MISSING).isPresent();
        return installed.orElseThrow();
    }

    private WatchingPrometheus(Prometheus prometheus, String configuration) throws Exception {
        this.prometheus = prometheus;
        Folders.delete(prometheus.settings().home().data("prometheus"));
        ProcessBuilder builder = prometheus.process(configuration);
        prometheus.settings().home().log("prometheus").receive(builder);
        process = builder.start();
        Polling.until(() -> prometheus.probe().obstacle().isEmpty(), Duration.ofSeconds(30));
        assertThat(prometheus.probe().obstacle()).isEmpty();
    }

    private static String hastened(Prometheus prometheus) throws IOException {
        Path rules = Files.createDirectories(prometheus.settings().home().run().resolve("hastened-rules"));
        for (Path file : Rules.files()) {
            Files.writeString(
                    rules.resolve(file.getFileName()),
                    Files.readString(file)
                            .replace("herald_outbox_oldest_age_seconds) > 60", "herald_outbox_oldest_age_seconds) > 3")
                            .replaceAll("for: \\d+[sm]", "for: 2s"));
        }
        return prometheus
                .configuration()
                .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 1s")
                .replace("refresh_interval: 5s", "refresh_interval: 1s")
                .replace("- rules/*.yml", "- hastened-rules/*.yml");
    }

    /** What a query gives now: each sample with its labels, and without those that are no number. */
    List<JsonNode> query(String expression) throws InterruptedException {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, UTF_8));
        return StreamSupport.stream(answer.at("/data/result").spliterator(), false)
                .filter(sample -> !sample.at("/value/1").asString().equals("NaN"))
                .toList();
    }

    List<String> metrics() throws InterruptedException {
        return StreamSupport.stream(
                        get("/api/v1/label/__name__/values").get("data").spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    boolean fires(String alert) throws InterruptedException {
        return !query("ALERTS{alertstate=\"firing\",alertname=\"%s\"}".formatted(alert))
                .isEmpty();
    }

    private JsonNode get(String path) throws InterruptedException {
        var response = Http.get(prometheus.url(path));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
