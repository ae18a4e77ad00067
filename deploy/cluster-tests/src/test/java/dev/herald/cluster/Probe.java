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
 * @param period between two requests
 * @param timeout of a request
 * @param failureThreshold the number of failures after which it has failed
 */
record Probe(URI address, Duration period, Duration timeout, int failureThreshold) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param container which names the port */
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

    /** As the kubelet sees it: any status from 200 to 399. */
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

    /** The time after which the kubelet gives up. */
    Duration limit() {
        return period.multipliedBy(failureThreshold);
    }
}
