package dev.herald.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Single calls to a service before and after the load. */
record Api(URI service) {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    /** @throws BenchFailed if the answer has another status */
    JsonNode post(String path, String json, int status) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                status);
    }

    /** @throws BenchFailed if the answer has another status */
    JsonNode post(String path, String token, String json, int status) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                status);
    }

    /** @throws BenchFailed if the answer has another status */
    JsonNode get(String path, String token, int status) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(service.resolve(path)).header("Authorization", "Bearer " + token), status);
    }

    /** @throws BenchFailed if the answer has another status */
    void delete(String path, String token, int status) throws IOException, InterruptedException {
        send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .DELETE(),
                status);
    }

    /** @throws BenchFailed if the answer is not 200 */
    String text(String path) throws IOException, InterruptedException {
        return body(HttpRequest.newBuilder(service.resolve(path)), 200);
    }

    private static JsonNode send(HttpRequest.Builder builder, int status) throws IOException, InterruptedException {
        return Json.MAPPER.readTree(body(builder, status));
    }

    private static String body(HttpRequest.Builder builder, int status) throws IOException, InterruptedException {
        HttpRequest request = builder.timeout(Duration.ofSeconds(15)).build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new BenchFailed("%s %s answered %d, not %d: %s"
                    .formatted(request.method(), request.uri(), response.statusCode(), status, response.body()));
        }
        return response.body();
    }
}
