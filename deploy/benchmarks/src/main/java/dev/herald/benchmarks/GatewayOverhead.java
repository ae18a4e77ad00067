package dev.herald.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same cached read without a gateway, through the gateway, and through nginx if it is installed. */
final class GatewayOverhead implements Scenario {

    @Override
    public String name() {
        return "gateway-overhead";
    }

    @Override
    public Duration warmUp() {
        return Timing.GATEWAY_WARM_UP;
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        Optional<Path> nginx = Nginx.program();
        if (nginx.isEmpty()) {
            bench.say("nginx is not installed (apt-get install nginx): it is not compared");
            return compare(bench, Optional.empty());
        }
        try (Nginx proxy = Nginx.before(bench.target().userService(), nginx.get())) {
            return compare(bench, Optional.of(proxy.address()));
        }
    }

    private Outcome compare(Bench bench, Optional<URI> nginx) throws Exception {
        RoundRobin<String> paths = new RoundRobin<>(bench.accounts().all().stream()
                .map(account -> "/api/users/" + account.id())
                .toList());
        RoundRobin<String> tokens = new RoundRobin<>(bench.accounts().signIn());
        List<Load> loads = new ArrayList<>(List.of(
                reading("direct", bench, bench.target().userService(), paths, tokens),
                reading("via Herald's gateway", bench, bench.target().gateway(), paths, tokens)));
        nginx.ifPresent(address -> loads.add(reading("via nginx", bench, address, paths, tokens)));

        List<Measured> measured = bench.measure(this, loads.toArray(Load[]::new));
        Measured direct = measured.get(0);
        Measured gateway = measured.get(1);
        List<Ratio> ratios = new ArrayList<>(List.of(Ratio.ofRates(gateway, direct, Aim.NONE)));
        if (nginx.isPresent()) {
            Measured plain = measured.get(2);
            ratios.add(Ratio.ofRates(plain, direct, Aim.NONE));
            ratios.add(Ratio.ofRates(gateway, plain, Aim.atLeast(0.5)));
            ratios.add(Ratio.of(
                    "via Herald's gateway to via nginx, p99",
                    gateway,
                    Figures::p99,
                    plain,
                    Figures::p99,
                    Aim.atMost(3)));
        }
        return new Outcome(measured, ratios);
    }

    private static Load reading(
            String name, Bench bench, URI server, RoundRobin<String> paths, RoundRobin<String> tokens) {
        return Requests.reading(name, bench.users(), () -> server + paths.next(), tokens);
    }
}
