package dev.herald.local.cli;

import dev.herald.local.process.Failure;
import dev.herald.local.process.Polling;
import dev.herald.local.suite.Inspection;
import dev.herald.local.suite.Suite;
import dev.herald.local.suite.SuiteStatus;
import dev.herald.local.suite.Supervisor;
import dev.herald.local.suite.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code ./herald up}: starts the suite, runs the demo, and waits until the suite is stopped. */
final class Up {

    /** A service needs some time until it has read the addresses of the others from the registry. */
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(1);

    private final Suite suite;
    private final Terminal terminal;
    private final Report report;

    /** Whether this process received a signal to end. Failures after the signal are its consequence, so they are not reported. */
    private volatile boolean ending;

    Up(Suite suite, Terminal terminal) {
        this.suite = suite;
        this.terminal = terminal;
        this.report = new Report(suite, terminal);
    }

    /** Returns false if, with {@code --detach}, the demo failed or requests are not served. */
    boolean run(Arguments arguments) throws InterruptedException {
        if (suite.isRunning()) {
            requireServed(arguments.has("--observe"));
            return true;
        }
        Thread stopEverything = new Thread(this::abandon);
        Runtime.getRuntime().addShutdownHook(stopEverything);
        try {
            Optional<Failure> failed = start(!arguments.has("--no-demo"));
            boolean served = isServed();
            boolean detach = arguments.has("--detach");
            terminal.line(
                    detach
                            ? "Herald continues to run without this terminal. ./herald down stops it."
                            : "Ctrl-C stops it.");
            failed.ifPresent(failure -> System.err.println(failure.getMessage()));
            if (detach) {
                Runtime.getRuntime().removeShutdownHook(stopEverything);
                return failed.isEmpty() && served;
            }
            new Supervisor(suite.settings().home(), terminal).stay();
            if (!ending) {
                Runtime.getRuntime().removeShutdownHook(stopEverything);
                terminal.line("Stopped by another command.");
            }
            return true;
        } catch (Failure | InterruptedException failure) {
            if (ending) {
                Polling.untilExit();
            }
            throw failure;
        }
    }

    /** Starts the suite. Returns the failure of the demo, because it is printed after the addresses. */
    private Optional<Failure> start(boolean demo) throws InterruptedException {
        terminal.heading("Herald starts");
        suite.up();
        Optional<Failure> failed = demo ? runDemo() : Optional.empty();
        terminal.heading("Where everything is");
        report.addresses();
        terminal.blank();
        report.memory();
        terminal.fact("ready", "%s after the command".formatted(Terminal.since(begin())));
        if (!suite.hasStartupCaches()) {
            terminal.fact("start-up caches", "none: ./herald caches makes them, and the next start faster");
        }
        terminal.blank();
        return failed;
    }

    private Optional<Failure> runDemo() throws InterruptedException {
        try {
            new Demo(suite.settings(), terminal).report();
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(failure);
        }
    }

    /** The time when the script {@code ./herald} was started. */
    private static Instant begin() {
        return ProcessHandle.of(
                        Long.getLong("herald.script", ProcessHandle.current().pid()))
                .flatMap(script -> script.info().startInstant())
                .orElseGet(Instant::now);
    }

    private void requireServed(boolean observe) throws InterruptedException {
        SuiteStatus status = new Inspection(suite).make();
        if (!status.isServed()) {
            report.verdict(status);
            throw Suite.alreadyRunning();
        }
        terminal.line("Herald is up since %s, for %s."
                .formatted(
                        status.since().truncatedTo(ChronoUnit.SECONDS),
                        Terminal.roughly(Duration.between(status.since(), Instant.now()))));
        terminal.blank();
        report.urls();
        terminal.blank();
        terminal.line(
                observe && !suite.settings().isObserved()
                        ? "Herald runs without --observe. To change that: ./herald down, then ./herald up --observe."
                        : "./herald info prints all addresses, ./herald down stops it.");
    }

    /** Waits until a request through the gateway is answered: that all components are up is not enough. */
    private boolean isServed() throws InterruptedException {
        if (Polling.until(() -> new Inspection(suite).make().isServed(), SETTLING_LIMIT)) {
            return true;
        }
        SuiteStatus status = new Inspection(suite).make();
        if (!status.isServed()) {
            report.verdict(status);
        }
        return status.isServed();
    }

    private void abandon() {
        if (!suite.hasBegun()) {
            return;
        }
        ending = true;
        if (suite.isRunning()) {
            terminal.heading("Herald stops");
        }
        try {
            suite.abandon();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
