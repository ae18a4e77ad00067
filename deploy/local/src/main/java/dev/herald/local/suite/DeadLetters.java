package dev.herald.local.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dead letters of a consumer. Any instance lists those of the service ({@code /actuator/deadletters}). */
public final class DeadLetters {

    private static final String ROW = "  %-24s %-22s %-38s %-20s %s";

    /** A replay may handle many. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Service service;
    private final Terminal terminal;

    DeadLetters(Service service, Terminal terminal) {
        this.service = service;
        this.terminal = terminal;
    }

    /** @throws BadUsage if the service consumes no events */
    public void list() throws InterruptedException {
        JsonNode answer = answerOf(HttpRequest.newBuilder(endpoint("")));
        int total = answer.get("total").asInt();
        JsonNode letters = answer.get("deadLetters");
        terminal.heading("%s: %s".formatted(service.name(), total == 1 ? "1 dead letter" : total + " dead letters"));
        if (total == 0) {
            return;
        }
        terminal.line(ROW.formatted("POSITION", "TYPE", "EVENT", "DIED", "REASON"));
        for (JsonNode letter : letters) {
            terminal.line(ROW.formatted(
                    letter.get("id").asString(),
                    letter.path("type").asString("-"),
                    letter.path("eventId").asString("-"),
                    Instant.parse(letter.get("diedAt").asString()).truncatedTo(ChronoUnit.SECONDS),
                    letter.path("reason").asString("-")));
        }
        if (total > letters.size()) {
            terminal.line("  and %d more".formatted(total - letters.size()));
        }
    }

    /** @return whether all of them were handled */
    public boolean replay(List<String> positions) throws InterruptedException {
        String body = JsonMapper.shared()
                .createObjectNode()
                .put("ids", String.join(",", positions))
                .toString();
        return show(answerOf(HttpRequest.newBuilder(endpoint(""))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /** @return whether all of them are gone */
    public boolean discard(List<String> positions, String reason) throws InterruptedException {
        String query = "?ids=%s&reason=%s"
                .formatted(URLEncoder.encode(String.join(",", positions), UTF_8), URLEncoder.encode(reason, UTF_8));
        return show(answerOf(HttpRequest.newBuilder(endpoint(query)).DELETE()));
    }

    private boolean show(JsonNode answer) {
        boolean allWell = answer.get("unknown").isEmpty();
        for (JsonNode letter : answer.get("deadLetters")) {
            String failure = letter.path("failure").asString("");
            allWell &= failure.isEmpty();
            terminal.fact(letter.get("id").asString(), (letter.get("outcome").asString() + "  " + failure).strip());
        }
        for (JsonNode unknown : answer.get("unknown")) {
            terminal.fact(unknown.asString(), "is no dead letter");
        }
        return allWell;
    }

    private URI endpoint(String query) {
        return service.managementUrl("/actuator/deadletters" + query);
    }

    private JsonNode answerOf(HttpRequest.Builder request) throws InterruptedException {
        HttpResponse<String> answer = Http.send(request, TIMEOUT);
        if (answer.statusCode() == 404) {
            throw new BadUsage("%s consumes no events, so it has no dead letters.".formatted(service.name()));
        }
        if (answer.statusCode() != 200) {
            throw new ComponentFailed(
                    service.name(), "refuses: %d %s".formatted(answer.statusCode(), answer.body()), List.of());
        }
        return JsonMapper.shared().readTree(answer.body());
    }
}
