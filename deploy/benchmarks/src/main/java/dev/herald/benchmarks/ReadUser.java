package dev.herald.benchmarks;

import static io.gatling.javaapi.http.HttpDsl.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Reading a cached user: the cost of the token, the read and the gateway. */
final class ReadUser implements Scenario {

    @Override
    public String name() {
        return "read-user";
    }

    @Override
    public Duration warmUp() {
        return Timing.GATEWAY_WARM_UP;
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        RoundRobin<String> paths = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> "/api/users/" + account.id())
                .toList());
        RoundRobin<String> tokens = new RoundRobin<>(bench.accounts().signIn());
        String document = bench.target().userService() + "/.well-known/jwks.json";

        List<Measured> measured = bench.measure(
                this,
                // The least work of the same server: a public document from memory.
                new Requests(
                        "JWKS document",
                        bench.users(),
                        200,
                        title -> http(title).get(document)),
                reading("read-user direct", bench, bench.target().userService(), paths, tokens),
                reading("read-user via gateway", bench, bench.target().gateway(), paths, tokens));
        Measured jwks = measured.get(0);
        Measured direct = measured.get(1);
        Measured gateway = measured.get(2);
        return new Outcome(
                measured,
                List.of(
                        Ratio.ofRates(direct, jwks, Aim.atLeast(0.5)),
                        Ratio.ofRates(gateway, direct, Aim.atLeast(0.4)),
                        Ratio.ofTail(direct, Aim.atMost(10)),
                        Ratio.ofTail(gateway, Aim.atMost(10))));
    }

    private static Load reading(
            String name, Bench bench, URI server, RoundRobin<String> paths, RoundRobin<String> tokens) {
        return Requests.reading(name, bench.users(), () -> server + paths.next(), tokens);
    }
}
