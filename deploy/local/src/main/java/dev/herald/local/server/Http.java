package dev.herald.local.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

public final class Http {

    /** HTTP/1.1 only, because the services do not support HTTP/2. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private Http() {}

    public static HttpResponse<String> get(URI address) throws InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    /** @param bearer an access token */
    public static HttpResponse<String> get(URI address, String bearer) throws InterruptedException {
        return send(HttpRequest.newBuilder(address).header("Authorization", "Bearer " + bearer));
    }

    public static HttpResponse<String> get(URI address, Duration timeout) throws InterruptedException {
        return send(HttpRequest.newBuilder(address).header("Accept", "application/json"), timeout);
    }

    public static HttpResponse<String> post(URI address, String json) throws InterruptedException {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        return send(request, TIMEOUT);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request, Duration timeout) throws InterruptedException {
        HttpRequest whole = request.timeout(timeout).build();
        try {
            return CLIENT.send(whole, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be reached: %s".formatted(whole.uri(), e), e);
        }
    }
}
