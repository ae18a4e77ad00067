package dev.herald.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares Herald with Express, nginx and the outbox of namastack. The report names each peer that could not be measured. */
final class Peers {

    /** Enough to keep the slower outbox busy for seconds. */
    private static final int EVENTS = 5_000;

    private final Scenario scenario;
    private final Bench bench;
    private final List<Measured> measured = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    private Peers(Scenario scenario, Bench bench) {
        this.scenario = scenario;
        this.bench = bench;
    }

    static Scenario.Outcome run(Scenario scenario, Bench bench) throws Exception {
        Peers peers = new Peers(scenario, bench);
        try (PeerPrograms programs = new PeerPrograms(bench)) {
            peers.reads(programs.express(), programs.nginx());
            try {
                peers.outbox(programs.namastack());
            } catch (BenchFailed | IOException e) {
                peers.leftOut.add("namastack-outbox: " + e.getMessage());
            }
            peers.leftOut.addAll(programs.leftOut());
        }
        peers.leftOut.add("petclinic-microservices: peers/petclinic.sh starts it beside Herald");
        return new Scenario.Outcome(
                peers.measured,
                peers.ratios,
                peers.leftOut.stream().map("Left out: %s."::formatted).toList());
    }

    private void reads(Optional<Express> express, Optional<Nginx> nginx) throws Exception {
        List<String> tokens = bench.accounts().signIn();
        List<Load> loads = new ArrayList<>();
        loads.add(reading("Herald, direct", bench.target().userService(), tokens));
        loads.add(reading("Herald's gateway", bench.target().gateway(), tokens));
        if (express.isPresent()) {
            loads.add(reading("Express", express.get().address(), tokens));
        }
        if (nginx.isPresent()) {
            loads.add(reading("nginx, to Herald", nginx.get().address(), tokens));
        }
        List<Measured> reads = bench.measure(scenario, loads.toArray(Load[]::new));
        measured.addAll(reads);
        Measured direct = reads.get(0);
        Measured gateway = reads.get(1);
        if (express.isPresent()) {
            ratios.add(Ratio.ofRates(direct, reads.get(2), Aim.atLeast(1.5)));
            ratios.add(Ratio.ofRates(gateway, reads.get(2), Aim.atLeast(0.9)));
            ratios.add(memory(express.get()));
        }
        if (nginx.isPresent()) {
            ratios.add(Ratio.ofRates(gateway, reads.getLast(), Aim.atLeast(0.6)));
            ratios.add(Ratio.ofSlowest(gateway, reads.getLast(), Aim.atMost(2)));
        }
    }

    private Load reading(String name, URI server, List<String> tokens) throws InterruptedException {
        List<String> addresses =
                bench.accounts().paths().stream().map(path -> server + path).toList();
        return Requests.reading(name, bench.users(), addresses, tokens);
    }

    private Ratio memory(Express express) throws IOException {
        ProcessHandle userService =
                ResidentMemory.running(bench.target().userServiceProgram().command());
        double herald = ResidentMemory.mebibytes(userService);
        double other = ResidentMemory.mebibytes(express.process().toHandle());
        bench.say("resident after the load: user-service %.0f MiB, Express %.0f MiB".formatted(herald, other));
        return new Ratio("user-service to Express, resident memory", List.of(herald / other), Aim.NONE);
    }

    private void outbox(Optional<Path> namastack) throws Exception {
        if (namastack.isEmpty()) {
            return;
        }
        OutboxTable outbox = new OutboxTable(bench.target().usersDatabase(), "outbox");
        Namastack peer = new Namastack(bench.target(), namastack.get());
        List<Measured> rounds = bench.inRounds(List.of("Herald's outbox", "namastack-outbox"), () -> {
            bench.say("relaying %,d events by each outbox".formatted(EVENTS));
            return List.of(OutboxScenarios.drainRate(outbox, EVENTS), peer.drain(EVENTS));
        });
        measured.addAll(rounds);
        ratios.add(Ratio.ofRates(rounds.get(0), rounds.get(1), Aim.atLeast(1)));
    }
}
