package dev.herald.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Injects faults into a suite while clients write, waits until all work is done, and checks the invariants. */
public final class Chaos {

    private static final Duration BEFORE_THE_FIRST_FAULT = Duration.ofSeconds(3);

    private final SuiteUnderTest suite;
    private final SmtpProxy mail;
    private final Consumer<String> output;
    private final Ledger ledger = new Ledger();

    /**
     * @param suite a new suite that sends its emails through the proxy
     * @param output receives each line of the output
     */
    public Chaos(SuiteUnderTest suite, SmtpProxy mail, Consumer<String> output) {
        this.suite = suite;
        this.mail = mail;
        this.output = output;
    }

    /**
     * Injects faults for the given time, waits until all are repaired, and compares the ledger with the stored data.
     *
     * @throws SQLException if a database cannot be read at the end
     */
    public ChaosResult run(Schedule schedule, Duration time) throws SQLException, InterruptedException {
        Clients clients = new Clients(new GatewayClient(suite.gateway()), ledger);
        clients.logInUsers();
        Instant begin = Instant.now();
        Load load = Load.on(clients);
        List<FaultInjection> injections;
        Instant end;
        try (load) {
            injections = group(schedule, begin.plus(time));
            end = Instant.now();
        }
        output.accept("  Waiting until all work is done.");
        restartCrashed(schedule.targets());
        List<String> unfinished = new Completion(suite).await();
        Evidence evidence = Evidence.of(suite, mail.accepted(), injections);
        ChaosResult result = ChaosResult.on(ledger.entries(), evidence, unfinished);
        output.accept("");
        result.lines().forEach(output);
        output.accept("");
        new Summary(ledger, evidence, load.skipped(), ledger.longestSilence(begin, end))
                .lines()
                .forEach(output);
        return result;
    }

    private List<FaultInjection> group(Schedule schedule, Instant end) throws InterruptedException {
        List<FaultInjection> injections = new ArrayList<>();
        Thread.sleep(BEFORE_THE_FIRST_FAULT);
        while (Instant.now().isBefore(end)) {
            FaultGroup group = schedule.next();
            output.accept("  " + group);
            Instant begin = Instant.now();
            group.inject(suite);
            injections.add(new FaultInjection(group, begin, Instant.now()));
            Thread.sleep(group.pause());
        }
        return injections;
    }

    /** Starts components that do not run. No fault is active now, so they crashed on their own. */
    private void restartCrashed(List<Target> targets) throws InterruptedException {
        List<Target> crashed =
                targets.stream().filter(target -> !suite.isRunning(target)).toList();
        crashed.forEach(target -> output.accept("  %s crashed without a fault.".formatted(target.component())));
        suite.start(crashed);
    }
}
