package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Measures refreshes of many sessions. Each refresh token is used once, and the answer contains the next token of the session. */
final class RefreshScenario {

    private RefreshScenario() {}

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        Queue<String> tokens = new ConcurrentLinkedQueue<>(bench.accounts().refreshTokens());
        String address = bench.target().userService() + "/api/auth/refresh";
        Requests refreshes = new Requests(
                scenario.name(),
                bench.users(),
                200,
                // Gatling makes this check in a simulation only.
                title -> http(title)
                        .post(address)
                        .header("Content-Type", "application/json")
                        .body(StringBody(session -> body(tokens.poll())))
                        .check(jsonPath("$.refreshToken").transform(token -> {
                            tokens.add(token);
                            return token;
                        })));
        return new Scenario.Outcome(bench.measure(scenario, refreshes), List.of());
    }

    /** The request with the next token. Tokens run out only after failed requests, and a request without a token fails too. */
    private static String body(@Nullable String token) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of("refreshToken", Objects.requireNonNullElse(token, "none")));
    }
}
