package dev.herald.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Compares a gateway's first request, and its rate in the first 20 seconds after it is ready, with the rate after four minutes of load. */
final class WarmUp {

    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final Duration LOAD = Duration.ofMinutes(4);

    private final Bench bench;
    private final RoundRobin<byte[]> reads;

    private WarmUp(Bench bench) throws InterruptedException {
        this.bench = bench;
        List<String> paths = bench.accounts().paths();
        List<String> tokens = bench.accounts().signIn();
        this.reads = new RoundRobin<>(IntStream.range(0, paths.size())
                .mapToObj(index -> PlainConnection.get(paths.get(index), tokens.get(index)))
                .toList());
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        WarmUp warmUp = new WarmUp(bench);
        List<Measured> measured =
                bench.inColdRounds(List.of("first request", "first 20 s", "after four minutes"), warmUp::round);
        return new Scenario.Outcome(
                measured,
                List.of(
                        Ratio.ofMillis("first request in ms", measured.get(0), Figures::p50, 100),
                        Ratio.ofRates(measured.get(1), measured.get(2), Aim.atLeast(0.5))));
    }

    private List<Figures> round() throws IOException, InterruptedException {
        bench.say("starting a gateway with a user-service, and reading through it for %d s"
                .formatted(LOAD.plus(MEASURED).toSeconds()));
        try (GatewayPair pair = new GatewayPair(bench.target(), Map.of())) {
            pair.awaitReadiness();
            Recorder.Span first = firstRequest(pair);
            try (SteadyReads steady = new SteadyReads(pair.gateway(), bench.users(), reads)) {
                Recorder.Span cold = next(MEASURED);
                next(LOAD.minus(MEASURED));
                Recorder.Span warm = next(MEASURED);
                return List.of(
                        Figures.of(new long[] {first.nanos()}, first.nanos()),
                        steady.during(cold),
                        steady.during(warm));
            }
        }
    }

    private Recorder.Span firstRequest(GatewayPair pair) throws IOException {
        long begin = System.nanoTime();
        try (PlainConnection connection = new PlainConnection(pair.gateway())) {
            connection.send(reads.next());
            int status = connection.receive().status();
            if (status != 200) {
                throw new BenchFailed("The first request was answered %d.".formatted(status));
            }
        }
        return new Recorder.Span(begin, System.nanoTime());
    }

    private static Recorder.Span next(Duration duration) throws InterruptedException {
        long begin = System.nanoTime();
        Thread.sleep(duration);
        return new Recorder.Span(begin, System.nanoTime());
    }
}
