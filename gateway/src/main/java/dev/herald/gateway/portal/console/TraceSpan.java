package dev.herald.gateway.portal.console;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * A span of a trace, drawn as a bar.
 *
 * @param offsetMillis since the trace's first span
 * @param left the bar's begin, in percent of the trace's duration
 * @param width the bar's width, in percent of the trace's duration
 */
record TraceSpan(String service, String name, String offsetMillis, String millis, String left, String width) {

    private static final double LEAST_WIDTH = 0.5;

    /** @param spans of one trace in Zipkin's format, with times in microseconds, sorted by their begin */
    static List<TraceSpan> of(List<JsonNode> spans) {
        long begin = spans.stream().mapToLong(TraceSpan::begin).min().orElse(0);
        long end = spans.stream()
                .mapToLong(span -> begin(span) + micros(span))
                .max()
                .orElse(0);
        double percent = 100.0 / Math.max(1, end - begin);
        return spans.stream()
                .map(span -> new TraceSpan(
                        span.at("/localEndpoint/serviceName").asString(""),
                        span.path("name").asString(""),
                        number((begin(span) - begin) / 1000.0),
                        number(micros(span) / 1000.0),
                        number((begin(span) - begin) * percent),
                        number(Math.max(LEAST_WIDTH, micros(span) * percent))))
                .toList();
    }

    private static long begin(JsonNode span) {
        return span.path("timestamp").asLong(0);
    }

    private static long micros(JsonNode span) {
        return span.path("duration").asLong(0);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
