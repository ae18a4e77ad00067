package dev.herald.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reading a user through the gateway, with and without metrics, traces and the access log in both services. Both pairs of services are
 * started for this scenario only.
 */
final class Observability implements Scenario {

    @Override
    public String name() {
        return "observability";
    }

    @Override
    public Duration warmUp() {
        return Timing.GATEWAY_WARM_UP;
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> paths = bench.accounts().all().stream()
                .map(account -> "/api/users/" + account.id())
                .toList();
        List<String> tokens = bench.accounts().signIn();
        bench.say("starting two gateways, each with a user-service: one pair without metrics, traces and access log");
        Program userService = bench.target().userServiceProgram();
        Program gateway = bench.target().gatewayProgram();
        try (GatewayPair unobserved = new GatewayPair(userService, gateway, GatewayPair.UNOBSERVED);
                GatewayPair observed = new GatewayPair(userService, gateway, Map.of())) {
            unobserved.await(paths.getFirst(), tokens.getFirst());
            observed.await(paths.getFirst(), tokens.getFirst());
            List<Measured> measured = bench.measure(
                    this,
                    reading("unobserved", bench, unobserved.gateway(), paths, tokens),
                    reading("observed", bench, observed.gateway(), paths, tokens));
            return new Outcome(measured, List.of(Ratio.ofRates(measured.get(1), measured.get(0), Aim.atLeast(0.9))));
        }
    }

    private static Load reading(String name, Bench bench, URI gateway, List<String> paths, List<String> tokens) {
        RoundRobin<String> path = new RoundRobin<>(paths);
        return Requests.reading(
                "read-user " + name, bench.users(), () -> gateway + path.next(), new RoundRobin<>(tokens));
    }
}
