package dev.herald.benchmarks;

import static io.gatling.javaapi.core.CoreDsl.substring;
import static io.gatling.javaapi.http.HttpDsl.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ReadScenarios {

    private ReadScenarios() {}

    /** Measures reads of cached users, which cost the check of the token, the read and the gateway. */
    static Scenario.Outcome user(Scenario scenario, Bench bench) throws Exception {
        Target target = bench.target();
        List<String> tokens = bench.accounts().signIn();
        List<Measured> measured = bench.measure(
                scenario,
                // The baseline is the cheapest request of the same server: a public document in its memory.
                new Requests(
                        "JWKS document",
                        bench.users(),
                        200,
                        title -> http(title).get(target.userService() + "/.well-known/jwks.json")),
                reading("read-user direct", bench, target.userService(), tokens),
                reading("read-user via gateway", bench, target.gateway(), tokens));
        Measured jwks = measured.get(0);
        Measured direct = measured.get(1);
        Measured gateway = measured.get(2);
        return new Scenario.Outcome(
                measured,
                List.of(
                        Ratio.ofRates(direct, jwks, Aim.atLeast(0.5)),
                        Ratio.ofRates(gateway, direct, Aim.atLeast(0.4)),
                        Ratio.ofTail(direct, Aim.atMost(10)),
                        Ratio.ofTail(gateway, Aim.atMost(10))));
    }

    /** Compares reads of cached users without a gateway, through the gateway, and through nginx if it is installed. */
    static Scenario.Outcome gateways(Scenario scenario, Bench bench) throws Exception {
        Optional<Path> nginx = Nginx.program();
        if (nginx.isEmpty()) {
            bench.say("nginx is not installed (apt-get install nginx): it is not compared");
            return gateways(scenario, bench, Optional.empty());
        }
        try (Nginx proxy = Nginx.before(bench.target().userService(), nginx.get())) {
            return gateways(scenario, bench, Optional.of(proxy.address()));
        }
    }

    private static Scenario.Outcome gateways(Scenario scenario, Bench bench, Optional<URI> nginx) throws Exception {
        List<String> tokens = bench.accounts().signIn();
        List<Load> loads = new ArrayList<>();
        loads.add(reading("direct", bench, bench.target().userService(), tokens));
        loads.add(reading("via Herald's gateway", bench, bench.target().gateway(), tokens));
        if (nginx.isPresent()) {
            loads.add(reading("via nginx", bench, nginx.get(), tokens));
        }
        List<Measured> measured = bench.measure(scenario, loads.toArray(Load[]::new));
        Measured direct = measured.get(0);
        Measured gateway = measured.get(1);
        List<Ratio> ratios = new ArrayList<>();
        ratios.add(Ratio.ofRates(gateway, direct, Aim.NONE));
        if (nginx.isPresent()) {
            Measured plain = measured.get(2);
            ratios.add(Ratio.ofRates(plain, direct, Aim.NONE));
            ratios.add(Ratio.ofRates(gateway, plain, Aim.atLeast(0.5)));
            ratios.add(Ratio.ofSlowest(gateway, plain, Aim.atMost(3)));
        }
        return new Scenario.Outcome(measured, ratios);
    }

    /**
     * Compares reads of a user through a gateway with and without metrics, traces and the access log of both services. The scenario starts
     * a gateway and a user-service for each of the two cases.
     */
    static Scenario.Outcome observability(Scenario scenario, Bench bench) throws Exception {
        List<String> tokens = bench.accounts().signIn();
        bench.say("starting two gateways, each with a user-service: one pair without metrics, traces and access log");
        try (GatewayPair unobserved = new GatewayPair(bench.target(), GatewayPair.UNOBSERVED);
                GatewayPair observed = new GatewayPair(bench.target(), Map.of())) {
            String user = bench.accounts().paths().getFirst();
            unobserved.await(user, tokens.getFirst());
            observed.await(user, tokens.getFirst());
            List<Measured> measured = bench.measure(
                    scenario,
                    reading("read-user unobserved", bench, unobserved.gateway(), tokens),
                    reading("read-user observed", bench, observed.gateway(), tokens));
            return new Scenario.Outcome(
                    measured, List.of(Ratio.ofRates(measured.get(1), measured.get(0), Aim.atLeast(0.9))));
        }
    }

    /** Compares a post, which is read from the database, with a user, which is read from the cache. */
    static Scenario.Outcome post(Scenario scenario, Bench bench) throws Exception {
        List<String> tokens = bench.accounts().signIn();
        List<Measured> measured = bench.measure(
                scenario,
                reading("a user from the cache", bench, bench.target().userService(), tokens),
                bench.readingPosts("read-post", tokens));
        Measured user = measured.get(0);
        Measured post = measured.get(1);
        return new Scenario.Outcome(
                measured, List.of(Ratio.ofRates(post, user, Aim.NONE), Ratio.ofTail(post, Aim.atMost(10))));
    }

    /** Compares one request for a user with posts with the slower of two requests, one for the user and one for the posts. */
    static Scenario.Outcome userWithPosts(Scenario scenario, Bench bench) throws Exception {
        // One virtual user: on busy cores two parallel calls take as long as two calls in sequence.
        int users = 1;
        List<String> tokens = bench.accounts().signIn();
        bench.accounts().posts(tokens);
        List<String> paths = bench.accounts().paths();
        List<String> alone = addresses(bench.target().userService(), paths, "");
        List<String> posts = addresses(bench.target().postService(), paths, "/posts?limit=20");
        List<String> both = addresses(bench.target().userService(), paths, "?include=posts");
        List<Measured> measured = bench.measure(
                scenario,
                Requests.reading("the user alone", users, alone, tokens),
                Requests.reading("the posts alone", users, posts, tokens),
                Requests.reading("user-with-posts", users, both, tokens)
                        // An answer without the posts is faster, so it counts as an error.
                        .checking(substring("\"degraded\"").notExists()));
        Measured slower = Measured.slower("the slower of its parts", measured.get(0), measured.get(1));
        return new Scenario.Outcome(measured, List.of(Ratio.ofTimes(measured.get(2), slower, Aim.atMost(1.2))));
    }

    private static Load reading(String name, Bench bench, URI server, List<String> tokens) throws InterruptedException {
        return Requests.reading(
                name, bench.users(), addresses(server, bench.accounts().paths(), ""), tokens);
    }

    private static List<String> addresses(URI server, List<String> paths, String query) {
        return paths.stream().map(path -> server + path + query).toList();
    }
}
