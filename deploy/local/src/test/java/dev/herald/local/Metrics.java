package dev.herald.local;

import dev.herald.local.server.Http;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.util.Arrays;

/** Reads the services' metrics for Prometheus. */
record Metrics(Settings settings) {

    /** The sum of all samples of this name that have these labels, such as {@code status="401"}. */
    double sum(Port management, String name, String... labels) throws InterruptedException {
        return Http.get(settings.url(management, "/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
