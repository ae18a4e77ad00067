package dev.herald.local.suite;

import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the management endpoints of one instance of a service. */
record Actuator(Service service) {

    /** Long enough for a replay of many dead letters. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    JsonNode send(String method, String path, String json) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.managementUrl(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        service.managementToken().ifPresent(token -> request.header("Authorization", "Bearer " + token));
        HttpResponse<String> answer = Http.send(request, TIMEOUT);
        if (answer.statusCode() == 503) {
            throw new ComponentFailed(
                    service.name(),
                    "cannot do this now, and changed nothing. ./herald status shows what is missing.",
                    List.of());
        }
        if (answer.statusCode() != 200) {
            throw new ComponentFailed(
                    service.name(), "refuses: %d %s".formatted(answer.statusCode(), answer.body()), List.of());
        }
        return JsonMapper.shared().readTree(answer.body());
    }
}
