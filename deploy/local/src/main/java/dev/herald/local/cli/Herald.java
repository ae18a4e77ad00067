package dev.herald.local.cli;

import dev.herald.chaos.ChaosResult;
import dev.herald.local.process.StartedProcess;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.Components;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The launcher's main class: runs {@code ./herald up|down|status|…}. */
final class Herald {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_SERVED = 3;

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
        Settings settings = starts ? Bootstrap.chosen(shell, arguments) : asStarted(shell);
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
            case LOGS -> {
                new LogsCommand(suite, terminal).run(arguments);
                yield DONE;
            }
            case TRACE -> code(new Trace(suite, terminal).print(words.getFirst()));
            case DEADLETTERS -> code(new DeadLettersCommand(suite.consumers()).run(arguments));
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

    private int chaos(Arguments arguments) throws InterruptedException {
        int seed = arguments.number("--seed", ChaosSuite.HIGHEST_SEED, ChaosSuite.anySeed());
        int minutes = arguments.number("--minutes", ChaosSuite.MOST_MINUTES, ChaosSuite.USUAL_MINUTES);
        boolean cluster = arguments.has("--cluster");
        String again = "./herald chaos --seed %d --minutes %d%s".formatted(seed, minutes, cluster ? " --cluster" : "");
        terminal.line(again);
        Path home = suite.settings().home().chaos();
        ChaosSuite chaos = cluster ? ChaosSuite.cluster(home, terminal) : ChaosSuite.single(home, terminal);
        ChaosResult result = chaos.run(seed, Duration.ofMinutes(minutes));
        terminal.blank();
        terminal.line(result.isClean() ? "Nothing was lost or doubled." : "Herald has violated an invariant.");
        terminal.line("To repeat these faults: " + again);
        return code(result.isClean());
    }
}
