package dev.herald.local.suite;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.server.Service;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dead letters of a service, which each of its instances can list, replay and discard ({@code /actuator/deadletters}). */
public final class DeadLetters {

    private static final String ROW = "  %-24s %-22s %-38s %-20s %s";

    private static final String ENDPOINT = "/actuator/deadletters";

    private final String service;
    private final Actuator actuator;
    private final Terminal terminal;

    DeadLetters(Service service, Terminal terminal) {
        this.service = service.name();
        this.actuator = new Actuator(service);
        this.terminal = terminal;
    }

    public void list() throws InterruptedException {
        JsonNode answer = actuator.send("GET", ENDPOINT, "");
        int total = answer.get("total").asInt();
        JsonNode letters = answer.get("deadLetters");
        terminal.heading("%s: %s".formatted(service, total == 1 ? "1 dead letter" : total + " dead letters"));
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

    /** Handles dead letters again, and returns whether all were handled. */
    public boolean replay(List<String> positions) throws InterruptedException {
        String body = JsonMapper.shared()
                .createObjectNode()
                .put("ids", String.join(",", positions))
                .toString();
        return show(actuator.send("POST", ENDPOINT, body));
    }

    /** Discards dead letters, and returns whether all were discarded. */
    public boolean discard(List<String> positions, String reason) throws InterruptedException {
        String query = "?ids=%s&reason=%s"
                .formatted(URLEncoder.encode(String.join(",", positions), UTF_8), URLEncoder.encode(reason, UTF_8));
        return show(actuator.send("DELETE", ENDPOINT + query, ""));
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
}
