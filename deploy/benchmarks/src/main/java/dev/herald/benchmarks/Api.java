package dev.herald.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends single requests to a service, before and after the load. Each throws {@link BenchFailed} if the answer has another status than
 * expected.
 */
record Api(URI service) {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    JsonNode post(String path, String json, int status) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(send(posting(path, json), status));
    }

    JsonNode post(String path, String token, String json, int status) throws IOException, InterruptedException {
        return JsonMapper.shared()
                .readTree(send(posting(path, json).header("Authorization", "Bearer " + token), status));
    }

    JsonNode get(String path, String token) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(send(request(path).header("Authorization", "Bearer " + token), 200));
    }

    String delete(String path, String token) throws IOException, InterruptedException {
        return send(request(path).header("Authorization", "Bearer " + token).DELETE(), 204);
    }

    String text(String path) throws IOException, InterruptedException {
        return send(request(path), 200);
    }

    private HttpRequest.Builder posting(String path, String json) {
        return request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(15));
    }

    private static String send(HttpRequest.Builder builder, int status) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new BenchFailed("%s %s answered %d, not %d: %s"
                    .formatted(request.method(), request.uri(), response.statusCode(), status, response.body()));
        }
        return response.body();
    }
}
