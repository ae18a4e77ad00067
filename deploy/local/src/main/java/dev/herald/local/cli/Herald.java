package dev.herald.local.cli;

import dev.herald.chaos.ChaosResult;
import dev.herald.local.process.Failure;
import dev.herald.local.process.Polling;
import dev.herald.local.process.StartedProcess;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Components;
import dev.herald.local.suite.DeadLetters;
import dev.herald.local.suite.Inspection;
import dev.herald.local.suite.NotUp;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.StartupCaches;
import dev.herald.local.suite.Suite;
import dev.herald.local.suite.SuiteStatus;
import dev.herald.local.suite.Supervisor;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The command line: {@code ./herald up|down|status|…}. */
final class Herald {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_SERVED = 3;

    private static final int USUAL_ENTRIES = 100;

    /** Services need some time to find each other. */
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(1);

    private final Suite suite;
    private final Terminal terminal;
    private final Report report;

    /** Whether this process was told to end, which is then the reason of every failure. */
    private volatile boolean ending;

    private Herald(Settings settings, Terminal terminal) {
        this.suite = new Suite(settings, terminal);
        this.terminal = terminal;
        this.report = new Report(suite, terminal);
    }

    static void main(String[] words) throws InterruptedException {
        // The logs of libraries are of no use to the user.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Terminal terminal = new Terminal(System.out, Boolean.getBoolean("herald.colours"));
        System.exit(Bootstrap.execute(
                List.of(words),
                (usage, arguments) -> run(usage, new Arguments(arguments.toArray(String[]::new)), terminal)));
    }

    private static int run(Usage usage, Arguments arguments, Terminal terminal)
            throws IOException, InterruptedException {
        Settings shell = new Settings(System.getenv());
        boolean starts =
                usage == Usage.UP && !StartedProcess.anyRecordedIn(shell.home().run());
        Settings settings = starts ? observed(shell, arguments) : asStarted(shell);
        Herald herald = new Herald(settings, terminal);
        return switch (usage) {
            case UP -> herald.up(arguments);
            case DOWN -> herald.down();
            case STATUS -> herald.status(arguments);
            case INFO -> herald.info();
            case LOGS -> herald.logs(arguments);
            case TRACE -> herald.trace(arguments);
            case DEMO -> herald.demo();
            case START, STOP, RESTART -> herald.change(usage.word(), arguments);
            case SCALE -> herald.scale(arguments);
            case REPLAY -> herald.replay(arguments);
            case DEADLETTERS -> herald.deadLetters(arguments);
            case BENCH -> herald.bench(arguments);
            case CHAOS -> herald.chaos(arguments);
            case CACHES -> herald.caches(arguments);
            case RESET -> herald.reset();
            case VERSION -> {
                Version.lines().forEach(terminal::line);
                yield DONE;
            }
            case JDK -> {
                terminal.line(System.getProperty("java.home"));
                yield DONE;
            }
            case HELP -> Bootstrap.help(arguments.rest());
        };
    }

    private static Settings observed(Settings shell, Arguments arguments) {
        return arguments.contains("--observe") ? shell.observed() : shell;
    }

    /** The settings of the running suite, which the environment of this terminal overrides. */
    private static Settings asStarted(Settings shell) {
        Map<String, String> environment =
                new HashMap<>(new RunRecords(shell.home().run()).environment());
        environment.putAll(shell.environment());
        return new Settings(environment);
    }

    private int up(Arguments arguments) throws IOException, InterruptedException {
        boolean detach = arguments.has("--detach");
        boolean demo = !arguments.has("--no-demo");
        boolean observe = arguments.has("--observe");
        if (suite.isRunning()) {
            return isUp(observe);
        }

        Thread stopEverything = new Thread(this::abandon);
        Runtime.getRuntime().addShutdownHook(stopEverything);
        try {
            terminal.heading("Herald starts");
            suite.up();
            Optional<DemoFailed> failed = demo ? runDemo() : Optional.empty();
            terminal.heading("Where everything is");
            report.addresses();
            report.bindWarning();
            terminal.blank();
            report.memory();
            terminal.fact("ready", "%s after the command".formatted(Terminal.seconds(sinceCommand())));
            if (!suite.hasStartupCaches()) {
                terminal.fact("start-up caches", "none: ./herald caches makes them, and the next start faster");
            }
            terminal.blank();
            boolean served = isServed();
            if (detach) {
                Runtime.getRuntime().removeShutdownHook(stopEverything);
                terminal.line("It runs on without this terminal. ./herald down stops it.");
                failed.ifPresent(failure -> System.err.println(failure.getMessage()));
                return failed.isEmpty() && served ? DONE : FAILED;
            }
            terminal.line("Ctrl-C stops it.");
            failed.ifPresent(failure -> System.err.println(failure.getMessage()));
            new Supervisor(suite.settings().home(), terminal).stay();
            if (!ending) {
                Runtime.getRuntime().removeShutdownHook(stopEverything);
                terminal.line("Stopped by another command.");
            }
            return DONE;
        } catch (Failure | InterruptedException failure) {
            if (ending) {
                Polling.untilExit();
            }
            throw failure;
        }
    }

    private int isUp(boolean observe) throws InterruptedException {
        SuiteStatus status = new Inspection(suite).make();
        if (!status.isServed()) {
            report.verdict(status);
            throw Suite.alreadyRunning();
        }
        Duration time = Duration.between(status.since(), Instant.now());
        terminal.line("Herald is up since %s, for %s."
                .formatted(status.since().truncatedTo(ChronoUnit.SECONDS), Terminal.roughly(time)));
        terminal.blank();
        report.urls();
        terminal.blank();
        terminal.line(
                observe && !suite.settings().isObserved()
                        ? "It runs without --observe: ./herald down, then ./herald up --observe."
                        : "./herald info prints all addresses, ./herald down stops it.");
        return DONE;
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

    /** Returns the failure, which is printed last. */
    private Optional<DemoFailed> runDemo() throws InterruptedException {
        try {
            new Demo(suite.settings(), terminal).report();
            return Optional.empty();
        } catch (DemoFailed failed) {
            return Optional.of(failed);
        }
    }

    /** Measured from the start of the script. */
    private static Duration sinceCommand() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = ProcessHandle.of(Long.getLong("herald.script", self.pid()))
                .flatMap(process -> process.info().startInstant())
                .orElseGet(Instant::now);
        return Duration.between(start, Instant.now());
    }

    private int down() throws InterruptedException {
        suite.down();
        terminal.line("Herald is down. Data and logs are kept.");
        return DONE;
    }

    private int reset() throws InterruptedException {
        suite.reset();
        terminal.line("Herald is down, and all data and logs are gone.");
        return DONE;
    }

    private int status(Arguments arguments) throws InterruptedException {
        boolean json = arguments.has("--json");
        if (!suite.isRunning()) {
            terminal.line(json ? NotUp.AS_JSON : NotUp.NOT_RUNNING);
            return NOT_SERVED;
        }
        SuiteStatus status = new Inspection(suite).make();
        if (json) {
            terminal.line(status.json());
        } else {
            report.status(status);
        }
        return status.isServed() ? DONE : NOT_SERVED;
    }

    private int info() throws InterruptedException {
        report.addresses();
        report.bindWarning();
        if (!suite.isRunning()) {
            terminal.blank();
            terminal.line(NotUp.NOT_RUNNING);
        }
        return DONE;
    }

    /** While the suite is down, another one may use its ports, so nothing is done. */
    private int demo() throws InterruptedException {
        if (!suite.runs("gateway")) {
            throw new NotUp(suite.isRunning());
        }
        new Demo(suite.settings(), terminal).report();
        return DONE;
    }

    private int change(String how, Arguments arguments) throws InterruptedException {
        String component = arguments.next("component to " + how);
        switch (how) {
            case "start" -> suite.start(component);
            case "stop" -> suite.stop(component);
            default -> suite.restart(component);
        }
        return DONE;
    }

    private int scale(Arguments arguments) throws InterruptedException {
        String service = arguments.next("service to scale");
        int count = arguments.number("number of instances", Components.MOST_INSTANCES);
        suite.scale(service, count);
        return DONE;
    }

    private int replay(Arguments arguments) throws InterruptedException {
        String service = arguments.next("service that consumes events");
        List<String> partitions = suite.replay(service);
        terminal.line("%s reads %s again from the beginning.".formatted(service, String.join(", ", partitions)));
        return DONE;
    }

    private int deadLetters(Arguments arguments) throws InterruptedException {
        Optional<String> reason = arguments.valueOf("--reason");
        Optional<String> service = arguments.optional();
        if (service.isEmpty()) {
            for (String consumer : Components.CONSUMERS) {
                suite.deadLetters(consumer).list();
            }
            return DONE;
        }
        DeadLetters letters = suite.deadLetters(service.get());
        Optional<String> what = arguments.optional();
        if (what.isEmpty()) {
            letters.list();
            return DONE;
        }
        List<String> positions = arguments.rest();
        if (positions.isEmpty()) {
            throw new BadUsage("Which dead letters? Say their positions, or \"all\".");
        }
        boolean done =
                switch (what.get()) {
                    case "replay" -> letters.replay(positions);
                    case "discard" ->
                        letters.discard(
                                positions,
                                reason.orElseThrow(() -> new BadUsage("Say why: --reason \"...\" goes into the log.")));
                    default ->
                        throw new BadUsage("Dead letters are to replay or to discard, not to " + what.get() + ".");
                };
        return done ? DONE : FAILED;
    }

    private int bench(Arguments arguments) throws IOException, InterruptedException {
        return new Benchmarks(suite).run(arguments.rest());
    }

    private int chaos(Arguments arguments) throws InterruptedException {
        int seed = arguments.numberAfter("--seed", ChaosSuite.HIGHEST_SEED, ChaosSuite.anySeed());
        int minutes = arguments.numberAfter("--minutes", ChaosSuite.MOST_MINUTES, ChaosSuite.USUAL_MINUTES);
        String again = "./herald chaos --seed %d --minutes %d".formatted(seed, minutes);
        terminal.line(again);
        ChaosResult result =
                new ChaosSuite(suite.settings().home().chaos(), terminal).run(seed, Duration.ofMinutes(minutes));
        terminal.blank();
        terminal.line(result.isClean() ? "Nothing was lost or doubled." : "Herald has not kept its promises.");
        terminal.line("The same again: " + again);
        return result.isClean() ? DONE : FAILED;
    }

    private int logs(Arguments arguments) throws IOException, InterruptedException {
        boolean follow = arguments.has("-f");
        LogQuery query = new LogQuery(
                arguments.has("--errors"),
                arguments
                        .valueOf("--since")
                        .map(typed -> LogTime.parse(typed, ZonedDateTime.now(ZoneId.systemDefault()))),
                arguments.valueOf("--grep").map(LogQuery::pattern));
        List<String> components = arguments.rest();
        Path folder = suite.settings().home().logs();
        components.stream().filter(component -> !Logs.has(folder, component)).forEach(suite.components()::named);
        Logs logs = new Logs(folder, components, ZoneId.systemDefault());
        if (query.isEverything()) {
            logs.last(USUAL_ENTRIES, query).forEach(this::print);
        } else {
            AtomicLong count = new AtomicLong();
            logs.each(query, entry -> {
                count.incrementAndGet();
                print(entry);
            });
            if (count.get() == 0 && !follow) {
                terminal.line("No entry of %s matches. The logs are in %s."
                        .formatted(components.isEmpty() ? "any log" : String.join(", ", components), folder));
            }
        }
        if (follow) {
            logs.follow(query, this::print);
        }
        return DONE;
    }

    private void print(LogEntry entry) {
        entry.lines().forEach(line -> terminal.logLine(entry.component(), line));
    }

    private int trace(Arguments arguments) throws IOException, InterruptedException {
        String id = arguments.next("trace id");
        return new Trace(suite, terminal).print(id) ? DONE : FAILED;
    }

    private int caches(Arguments arguments) throws InterruptedException {
        List<String> services = arguments.rest();
        return new StartupCaches(suite, terminal).make(services) ? DONE : FAILED;
    }
}
