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

/** {@code ./herald up}: starts the suite, registers a first user, and stays until it is stopped. */
final class Up {

    /** Services need some time to find each other. */
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(1);

    private final Suite suite;
    private final Terminal terminal;
    private final Report report;

    /** Whether this process was told to end, which is then the reason of every failure. */
    private volatile boolean ending;

    Up(Suite suite, Terminal terminal) {
        this.suite = suite;
        this.terminal = terminal;
        this.report = new Report(suite, terminal);
    }

    /** Returns whether the suite is up, or was. */
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
            terminal.line(detach ? "It runs on without this terminal. ./herald down stops it." : "Ctrl-C stops it.");
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

    /** Returns the failure of the demo, which is printed last. */
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

    /** When the script {@code ./herald} was started. */
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
                        ? "It runs without --observe: ./herald down, then ./herald up --observe."
                        : "./herald info prints all addresses, ./herald down stops it.");
    }

    /** Components that are up are not enough: a request must be answered. */
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
