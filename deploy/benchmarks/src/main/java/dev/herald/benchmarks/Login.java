package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.util.List;

/** Logins, each of which hashes a password. */
final class Login implements Scenario {

    @Override
    public String name() {
        return "login";
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        RoundRobin<String> credentials = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> account.credentials().json())
                .toList());
        String address = bench.target().userService() + "/api/auth/login";
        return new Outcome(
                bench.measure(
                        this,
                        new Requests(
                                "login",
                                bench.users(),
                                200,
                                title -> http(title)
                                        .post(address)
                                        .header("Content-Type", "application/json")
                                        .body(StringBody(session -> credentials.next())))),
                List.of());
    }
}
