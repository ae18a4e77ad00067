package dev.herald.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A user is read through the gateway: what do metrics, traces and the access log cost, in both of the services on the way? */
final class Observability implements Scenario {

    @Override
    public String name() {
        return "observability";
    }

    @Override
    public Duration warmUp() {
        return Target.GATEWAY_WARM_UP;
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        List<String> paths = bench.accounts().all().stream()
                .map(account -> "/api/users/" + account.id())
                .toList();
        List<String> tokens = bench.accounts().signIn();
        bench.say("starting a gateway and a user-service that nobody sees anything of");
        try (Unobserved unobserved = new Unobserved(
                bench.target().userServiceProgram(), bench.target().gatewayProgram())) {
            unobserved.await(paths.getFirst(), tokens.getFirst());
            List<Measured> measured = bench.measure(
                    this,
                    reading("unobserved", bench, unobserved.gateway(), paths, tokens),
                    reading("observed", bench, bench.target().gateway(), paths, tokens));
            return new Outcome(measured, List.of(Ratio.ofRates(measured.get(1), measured.get(0), Aim.atLeast(0.9))));
        }
    }

    private static Side reading(String name, Bench bench, URI gateway, List<String> paths, List<String> tokens) {
        Cycle<String> path = new Cycle<>(paths);
        return Requests.reading("read-user " + name, bench.users(), () -> gateway + path.next(), new Cycle<>(tokens));
    }
}
