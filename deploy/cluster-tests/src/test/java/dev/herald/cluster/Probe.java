package dev.herald.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A probe that a container declares.
 *
 * @param period the time between two requests
 * @param timeout the limit of one request
 * @param failureThreshold the number of failures in a row after which the probe has failed
 */
record Probe(URI address, Duration period, Duration timeout, int failureThreshold) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param container the container, whose ports the probe names */
    static Probe of(JsonNode container, String kind, String host) {
        JsonNode probe = container.path(kind);
        JsonNode request = probe.path("httpGet");
        int port = container
                .path("ports")
                .valueStream()
                .filter(declared -> declared.path("name").equals(request.path("port")))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
        return new Probe(
                URI.create("http://%s:%d%s"
                        .formatted(host, port, request.path("path").asString())),
                Duration.ofSeconds(probe.path("periodSeconds").asInt()),
                Duration.ofSeconds(probe.path("timeoutSeconds").asInt()),
                probe.path("failureThreshold").asInt());
    }

    /** Whether the probe succeeds, by the kubelet's rule: the status is 200 to 399. */
    boolean succeeds() throws InterruptedException {
        try {
            int status = HTTP.send(
                            HttpRequest.newBuilder(address).timeout(timeout).build(), BodyHandlers.discarding())
                    .statusCode();
            return status >= 200 && status < 400;
        } catch (IOException unreachable) {
            return false;
        }
    }

    /** The time after which the probe has failed. */
    Duration limit() {
        return period.multipliedBy(failureThreshold);
    }
}
