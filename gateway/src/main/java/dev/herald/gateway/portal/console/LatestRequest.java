package dev.herald.gateway.portal.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.actuate.web.exchanges.HttpExchange;

/**
 * A request that the gateway has answered.
 *
 * @param path without the query, which may hold a secret
 * @param traceId empty unless the request was traced
 */
record LatestRequest(Instant time, String method, String path, int status, long millis, String traceId) {

    /** The flags of a recorded trace in {@code traceresponse}. */
    private static final String SAMPLED = "01";

    static LatestRequest of(HttpExchange exchange) {
        String[] trace = exchange.getResponse()
                .getHeaders()
                .getOrDefault("traceresponse", List.of("---"))
                .getFirst()
                .split("-", -1);
        return new LatestRequest(
                exchange.getTimestamp().truncatedTo(ChronoUnit.MILLIS),
                exchange.getRequest().getMethod(),
                exchange.getRequest().getUri().getPath(),
                exchange.getResponse().getStatus(),
                Objects.requireNonNull(exchange.getTimeTaken()).toMillis(),
                trace[3].equals(SAMPLED) ? trace[1] : "");
    }

    boolean isTraced() {
        return !traceId.isEmpty();
    }
}
