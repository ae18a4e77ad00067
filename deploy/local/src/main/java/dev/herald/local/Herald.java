package dev.herald.local;

import dev.herald.local.chaos.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command line: {@code ./herald up|down|status|…}. */
final class Herald {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_ALL_UP = 3;

    private final Suite suite;
    private final Terminal terminal;
    private final Report report;

    /** Whether this process has been told to end: what fails from then on fails because of that. */
    private volatile boolean ending;

    private Herald(Settings settings, Terminal terminal) {
        this.suite = new Suite(settings, terminal);
        this.terminal = terminal;
        this.report = new Report(suite, terminal);
    }

    static void main(String[] words) throws InterruptedException {
        // What the libraries have to say is for their developers.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        Terminal terminal = new Terminal(System.out, Boolean.getBoolean("herald.colours"));
        System.exit(run(new Arguments(words), terminal));
    }

    private static int run(Arguments arguments, Terminal terminal) throws InterruptedException {
        try {
            return run(arguments.next("command"), arguments, terminal);
        } catch (BadUsage bad) {
            System.err.printf("%s%n%n%s", bad.getMessage(), Usage.TEXT);
            return bad.exitCode();
        } catch (Failure failure) {
            System.err.println(failure.getMessage());
            return failure.exitCode();
        } catch (IOException | UncheckedIOException e) {
            System.err.println(e);
            return FAILED;
        }
    }

    private static int run(String command, Arguments arguments, Terminal terminal)
            throws IOException, InterruptedException {
        Settings given = new Settings(System.getenv());
        Herald herald = new Herald(command.equals("up") ? observed(given, arguments) : asStarted(given), terminal);
        return switch (command) {
            case "up" -> herald.up(arguments);
            case "down" -> herald.down(arguments);
            case "status" -> herald.status(arguments);
            case "logs" -> herald.logs(arguments);
            case "demo" -> herald.demo(arguments);
            case "start", "stop", "restart" -> herald.change(command, arguments);
            case "scale" -> herald.scale(arguments);
            case "replay" -> herald.replay(arguments);
            case "deadletters" -> herald.deadLetters(arguments);
            case "bench" -> herald.bench(arguments);
            case "chaos" -> herald.chaos(arguments);
            case "reset" -> herald.reset(arguments);
            case "caches" -> herald.caches(arguments);
            case "help", "-h", "--help" -> {
                System.out.print(Usage.TEXT);
                yield DONE;
            }
            default -> throw new BadUsage("There is no command \"%s\".".formatted(command));
        };
    }

    private static Settings observed(Settings given, Arguments arguments) {
        return arguments.has("--observe") ? given.observed() : given;
    }

    /** The settings that the running suite was started with, which another terminal need not know; what it says itself counts more. */
    private static Settings asStarted(Settings given) {
        Map<String, String> environment =
                new HashMap<>(new RunRecords(given.home().run()).environment());
        environment.putAll(given.environment());
        return new Settings(environment);
    }

    private int up(Arguments arguments) throws IOException, InterruptedException {
        boolean detach = arguments.has("--detach");
        boolean demo = !arguments.has("--no-demo");
        arguments.end();

        Thread stopEverything = new Thread(this::abandon);
        Runtime.getRuntime().addShutdownHook(stopEverything);
        try {
            terminal.heading("Herald starts");
            suite.up();
            boolean wellTold = !demo || tellStory();
            report.addresses();
            terminal.blank();
            report.memory();
            terminal.fact("ready", "%s after the command".formatted(Terminal.seconds(sinceCommand())));
            if (!suite.hasStartupCaches()) {
                terminal.fact("start-up caches", "none: ./herald caches makes them, and the next start faster");
            }
            terminal.blank();
            if (detach) {
                Runtime.getRuntime().removeShutdownHook(stopEverything);
                terminal.line("It runs on without this terminal. ./herald down stops it.");
                return wellTold ? DONE : FAILED;
            }
            terminal.line("Ctrl-C stops it.");
            new Supervisor(suite.settings().home(), terminal).stay();
            if (!ending) {
                Runtime.getRuntime().removeShutdownHook(stopEverything);
                terminal.line("Stopped by another command.");
            }
            return DONE;
        } catch (Failure | InterruptedException failure) {
            if (ending) {
                Patience.untilTheEnd();
            }
            throw failure;
        }
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

    private boolean tellStory() throws InterruptedException {
        try {
            new Story(suite.settings(), terminal).tell();
            return true;
        } catch (StoryBroken broken) {
            System.err.println(broken.getMessage());
            return false;
        }
    }

    /** Measured from the start of the script that this was called by, if that says so. */
    private static Duration sinceCommand() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = ProcessHandle.of(Long.getLong("herald.script", self.pid()))
                .flatMap(process -> process.info().startInstant())
                .orElseGet(Instant::now);
        return Duration.between(start, Instant.now());
    }

    private int down(Arguments arguments) throws InterruptedException {
        arguments.end();
        suite.down();
        terminal.line("Herald is down. Data and logs are kept.");
        return DONE;
    }

    private int reset(Arguments arguments) throws InterruptedException {
        arguments.end();
        suite.reset();
        terminal.line("Herald is down, and all data and logs are gone.");
        return DONE;
    }

    private int status(Arguments arguments) {
        arguments.end();
        if (!suite.isRunning()) {
            terminal.line("Herald is not running. ./herald up starts it.");
            return NOT_ALL_UP;
        }
        List<ComponentStatus> statuses = suite.status();
        report.status(statuses);
        boolean allUp = statuses.stream()
                .allMatch(component -> component.state() == State.UP || component.state() == State.EXTERNAL);
        return allUp ? DONE : NOT_ALL_UP;
    }

    private int demo(Arguments arguments) throws InterruptedException {
        arguments.end();
        new Story(suite.settings(), terminal).tell();
        return DONE;
    }

    private int change(String how, Arguments arguments) throws InterruptedException {
        String component = arguments.next("component to " + how);
        arguments.end();
        switch (how) {
            case "start" -> suite.start(component);
            case "stop" -> suite.stop(component);
            default -> suite.restart(component);
        }
        return DONE;
    }

    private int scale(Arguments arguments) throws InterruptedException {
        String service = arguments.next("service to scale");
        int count = arguments.number("number of instances", Lineup.MOST_INSTANCES);
        arguments.end();
        suite.scale(service, count);
        return DONE;
    }

    private int replay(Arguments arguments) throws InterruptedException {
        String service = arguments.next("service that hears events");
        arguments.end();
        List<String> partitions = suite.replay(service);
        terminal.line("%s reads again, from the beginning of %s.".formatted(service, String.join(", ", partitions)));
        return DONE;
    }

    private int deadLetters(Arguments arguments) throws InterruptedException {
        Optional<String> reason = arguments.valueOf("--reason");
        Optional<String> service = arguments.optional();
        if (service.isEmpty()) {
            for (String consumer : Lineup.CONSUMERS) {
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
        arguments.end();
        String again = "./herald chaos --seed %d --minutes %d".formatted(seed, minutes);
        terminal.line(again);
        Verdict verdict =
                new ChaosSuite(suite.settings().home().chaos(), terminal).endure(seed, Duration.ofMinutes(minutes));
        terminal.blank();
        terminal.line(verdict.isFlawless() ? "Nothing was lost or doubled." : "Herald has not kept its promises.");
        terminal.line("The same again: " + again);
        return verdict.isFlawless() ? DONE : FAILED;
    }

    private int logs(Arguments arguments) throws IOException, InterruptedException {
        boolean follow = arguments.has("-f");
        Optional<String> component = arguments.optional();
        arguments.end();
        report.logs(component);
        return follow ? report.follow(component) : DONE;
    }

    private int caches(Arguments arguments) throws InterruptedException {
        List<String> services = arguments.rest();
        return new StartupCaches(suite, terminal).make(services) ? DONE : FAILED;
    }
}
