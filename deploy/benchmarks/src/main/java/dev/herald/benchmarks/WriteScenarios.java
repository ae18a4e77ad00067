package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.util.List;

final class WriteScenarios {

    private WriteScenarios() {}

    static Scenario.Outcome login(Scenario scenario, Bench bench) throws Exception {
        RoundRobin<String> credentials = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> account.credentials().json())
                .toList());
        String address = bench.target().userService() + "/api/auth/login";
        return new Scenario.Outcome(
                bench.measure(
                        scenario,
                        new Requests(
                                scenario.name(),
                                bench.users(),
                                200,
                                title -> http(title)
                                        .post(address)
                                        .header("Content-Type", "application/json")
                                        .body(StringBody(session -> credentials.next())))),
                List.of());
    }

    /** Compares registrations with hashing passwords alone. */
    static Scenario.Outcome register(Scenario scenario, Bench bench) throws Exception {
        String address = bench.target().userService() + "/api/users";
        HashingCost cost = HashingCost.of(bench.accounts().storedHash());
        try (Hashing hashing = new Hashing(bench.target().serviceJvm(), cost)) {
            List<Measured> measured = bench.measure(
                    scenario,
                    hashing,
                    // Four virtual users for each core, so that some registrations are stored while others hash their
                    // passwords.
                    new Requests(
                            scenario.name(),
                            2 * bench.users(),
                            201,
                            title -> http(title)
                                    .post(address)
                                    .header("Content-Type", "application/json")
                                    .body(StringBody(session -> Accounts.newRegistration()))));
            return new Scenario.Outcome(
                    measured, List.of(Ratio.ofRates(measured.get(1), measured.get(0), Aim.atLeast(0.85))));
        }
    }

    /** Compares creating a post with reading one: the difference is the transaction and the event. */
    static Scenario.Outcome createPost(Scenario scenario, Bench bench) throws Exception {
        List<String> accessTokens = bench.accounts().signIn();
        RoundRobin<String> tokens = new RoundRobin<>(accessTokens);
        String address = bench.target().postService() + "/api/posts";
        List<Measured> measured = bench.measure(
                scenario,
                bench.readingPosts("reading a post", accessTokens),
                new Requests(
                        scenario.name(),
                        bench.users(),
                        201,
                        title -> http(title)
                                .post(address)
                                .header("Authorization", session -> "Bearer " + tokens.next())
                                .header("Content-Type", "application/json")
                                .body(StringBody(Accounts.newPost()))));
        // Deletes the posts, because other scenarios measure lists.
        bench.accounts().closeAll(bench.target().admin());
        Measured create = measured.get(1);
        return new Scenario.Outcome(
                measured,
                List.of(Ratio.ofRates(create, measured.get(0), Aim.NONE), Ratio.ofTail(create, Aim.atMost(10))));
    }
}
