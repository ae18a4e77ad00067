package dev.herald.local.cli;

import dev.herald.chaos.ChaosResult;
import dev.herald.local.process.StartedProcess;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Components;
import dev.herald.local.suite.Consumers;
import dev.herald.local.suite.Inspection;
import dev.herald.local.suite.NotUp;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.StartupCaches;
import dev.herald.local.suite.Suite;
import dev.herald.local.suite.SuiteStatus;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The launcher's main class: runs {@code ./herald up|down|status|…}. */
final class Herald {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_SERVED = 3;

    private static final int USUAL_ENTRIES = 100;

    private final Suite suite;
    private final Terminal terminal;

    private Herald(Settings settings, Terminal terminal) {
        this.suite = new Suite(settings, terminal);
        this.terminal = terminal;
    }

    static void main(String[] words) throws InterruptedException {
        // The libraries of the launcher must not log to the terminal.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(Bootstrap.execute(List.of(words), Herald::run));
    }

    private static int run(Usage usage, Arguments arguments) throws IOException, InterruptedException {
        Settings shell = new Settings(System.getenv());
        boolean starts =
                usage == Usage.UP && !StartedProcess.anyRecordedIn(shell.home().run());
        Settings settings = starts ? Bootstrap.observed(shell, arguments) : asStarted(shell);
        return new Herald(settings, new Terminal(System.out, Boolean.getBoolean("herald.colours")))
                .execute(usage, arguments);
    }

    /** The settings that the running suite was started with; variables of this terminal override them. */
    private static Settings asStarted(Settings shell) {
        Map<String, String> environment =
                new HashMap<>(new RunRecords(shell.home().run()).environment());
        environment.putAll(shell.environment());
        return new Settings(environment);
    }

    private int execute(Usage usage, Arguments arguments) throws IOException, InterruptedException {
        List<String> words = arguments.plain();
        return switch (usage) {
            case UP -> code(new Up(suite, terminal).run(arguments));
            case STATUS -> status(arguments.has("--json"));
            case LOGS -> logs(arguments);
            case TRACE -> code(new Trace(suite, terminal).print(words.getFirst()));
            case DEADLETTERS -> code(deadLetters(words, arguments.value("--reason")));
            case BENCH -> new Benchmarks(suite).run(arguments.typed());
            case CHAOS -> chaos(arguments);
            case CACHES -> code(new StartupCaches(suite, terminal).make(words));
            case IMAGES -> code(new Images(suite.settings().home().log("images"), terminal).build(arguments));
            case HELP -> Bootstrap.help(words);
            default -> {
                change(usage, words);
                yield DONE;
            }
        };
    }

    private static int code(boolean done) {
        return done ? DONE : FAILED;
    }

    private void change(Usage usage, List<String> words) throws IOException, InterruptedException {
        switch (usage) {
            case DOWN -> {
                suite.down();
                terminal.line("Herald is down. Data and logs are kept.");
            }
            case RESET -> {
                suite.reset();
                terminal.line("Herald is down. Data and logs are deleted.");
            }
            case START -> suite.start(words.getFirst());
            case STOP -> suite.stop(words.getFirst());
            case RESTART -> suite.restart(words.getFirst());
            case SCALE ->
                suite.scale(
                        words.getFirst(),
                        Arguments.number("number of instances", words.get(1), Components.MOST_INSTANCES));
            case REPLAY ->
                terminal.line("%s reads %s again from the beginning."
                        .formatted(
                                words.getFirst(),
                                String.join(", ", suite.consumers().replay(words.getFirst()))));
            case INFO -> info();
            case DEMO -> demo();
            case VERSION -> Version.lines().forEach(terminal::line);
            case JDK -> terminal.line(System.getProperty("java.home"));
            default -> throw new IllegalArgumentException(usage.word());
        }
    }

    private int status(boolean json) throws InterruptedException {
        if (!suite.isRunning()) {
            terminal.line(json ? NotUp.AS_JSON : NotUp.NOT_RUNNING);
            return NOT_SERVED;
        }
        SuiteStatus status = new Inspection(suite).make();
        if (json) {
            terminal.line(status.json());
        } else {
            new Report(suite, terminal).status(status);
        }
        return status.isServed() ? DONE : NOT_SERVED;
    }

    private void info() throws InterruptedException {
        new Report(suite, terminal).addresses();
        if (!suite.isRunning()) {
            terminal.blank();
            terminal.line(NotUp.NOT_RUNNING);
        }
    }

    /** Does nothing if the gateway does not run, because another suite may use its ports. */
    private void demo() throws InterruptedException {
        if (!suite.runs("gateway")) {
            throw new NotUp(suite.isRunning());
        }
        new Demo(suite.settings(), terminal).report();
    }

    private boolean deadLetters(List<String> words, Optional<String> reason) throws InterruptedException {
        Consumers consumers = suite.consumers();
        if (words.size() < 2) {
            for (String consumer : words.isEmpty() ? Components.CONSUMERS : words) {
                consumers.deadLetters(consumer).list();
            }
            return true;
        }
        String action = words.get(1);
        if (!List.of("replay", "discard").contains(action)) {
            throw new BadUsage(
                    "Dead letters can be replayed or discarded: replay or discard, not %s.".formatted(action));
        }
        List<String> positions = words.subList(2, words.size());
        if (positions.isEmpty()) {
            throw new BadUsage("The positions of dead letters are missing: name some, or \"all\".");
        }
        if (action.equals("replay")) {
            return consumers.deadLetters(words.getFirst()).replay(positions);
        }
        String why = reason.filter(text -> !text.isBlank())
                .orElseThrow(() -> new BadUsage("The reason is missing: --reason \"...\" is written to the log."));
        return consumers.deadLetters(words.getFirst()).discard(positions, why);
    }

    private int chaos(Arguments arguments) throws InterruptedException {
        int seed = arguments.number("--seed", ChaosSuite.HIGHEST_SEED, ChaosSuite.anySeed());
        int minutes = arguments.number("--minutes", ChaosSuite.MOST_MINUTES, ChaosSuite.USUAL_MINUTES);
        String again = "./herald chaos --seed %d --minutes %d".formatted(seed, minutes);
        terminal.line(again);
        ChaosResult result =
                new ChaosSuite(suite.settings().home().chaos(), terminal).run(seed, Duration.ofMinutes(minutes));
        terminal.blank();
        terminal.line(result.isClean() ? "Nothing was lost or doubled." : "Herald has violated an invariant.");
        terminal.line("To repeat these faults: " + again);
        return code(result.isClean());
    }

    private int logs(Arguments arguments) throws IOException, InterruptedException {
        boolean follow = arguments.has("-f");
        LogQuery query = new LogQuery(
                arguments.has("--errors"),
                arguments
                        .value("--since")
                        .map(typed -> LogTime.parse(typed, ZonedDateTime.now(ZoneId.systemDefault()))),
                arguments.value("--grep").map(LogQuery::pattern));
        List<String> components = arguments.plain();
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
}
