package dev.herald.gateway.portal.console;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A response of {@code /actuator/prometheus}.
 *
 * @param text Prometheus' text format 0.0.4, without timestamps
 */
record Scrape(String text) {

    boolean contain(String metric) {
        return lines(metric).findAny().isPresent();
    }

    /** The sum over all labels; 0 without a sample. */
    double sum(String metric) {
        return values(metric).sum();
    }

    /** The greatest over all labels; 0 without a sample. */
    double max(String metric) {
        return values(metric).max().orElse(0);
    }

    private DoubleStream values(String metric) {
        return lines(metric)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(Double::isFinite);
    }

    private Stream<String> lines(String metric) {
        return text.lines().filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "));
    }
}
