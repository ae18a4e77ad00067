package dev.herald.local.cli;

import dev.herald.local.process.Failure;
import dev.herald.local.process.StartedProcess;
import dev.herald.local.settings.AvailableMemory;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.FreePorts;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.NotUp;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * Runs before the launcher if {@code ./herald} must build a module first: executes commands that need no build, checks ports and memory,
 * and builds.
 *
 * <p>The JDK runs it from its source file (JEP 458), so this class and all classes that it uses depend on the JDK only.
 */
final class Bootstrap {

    /** The exit code that makes the script continue with the launcher. */
    private static final int GO_ON = 100;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int NOT_RUNNING = 3;

    private Bootstrap() {}

    static void main(String[] words) throws InterruptedException {
        System.exit(execute(List.of(words), Bootstrap::run));
    }

    @FunctionalInterface
    interface Execution {
        int run(Usage usage, Arguments arguments) throws IOException, InterruptedException;
    }

    /** Runs a command whose words fit its synopsis, prints the reason of a failure, and returns the exit code. */
    static int execute(List<String> typed, Execution execution) throws InterruptedException {
        List<String> words = Usage.normalised(typed);
        try {
            Usage usage = Usage.of(words);
            return execution.run(usage, Arguments.of(usage, words.subList(1, words.size())));
        } catch (BadUsage bad) {
            System.err.println(Usage.lineFor(words));
            System.err.println(bad.getMessage());
            return bad.exitCode();
        } catch (Failure failure) {
            System.err.println(failure.getMessage());
            return failure.exitCode();
        } catch (IOException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            return FAILED;
        }
    }

    private static int run(Usage usage, Arguments arguments) throws IOException, InterruptedException {
        Settings shell = new Settings(System.getenv());
        Settings settings = chosen(shell, arguments);
        Terminal terminal = new Terminal(System.out, Boolean.getBoolean("herald.colours"));
        boolean running = StartedProcess.anyRecordedIn(settings.home().run());
        return switch (usage) {
            case HELP -> help(arguments.plain());
            case VERSION -> {
                Version.lines().forEach(System.out::println);
                yield DONE;
            }
            case UP -> {
                if (running && Files.exists(Checkout.launcher())) {
                    yield GO_ON;
                }
                if (!running) {
                    FreePorts.require(settings, Port.users(settings));
                    AvailableMemory.require(settings, terminal::line);
                }
                yield build(terminal);
            }
            case CHAOS -> {
                AvailableMemory.require(settings, terminal::line);
                yield build(terminal);
            }
            case START, STOP, RESTART, RESET, LOGS, CACHES, IMAGES, INFO -> build(terminal);
            default -> {
                // Commands on a running suite need the launcher.
                boolean needed = running || (usage != Usage.BENCH && Files.exists(Checkout.launcher()));
                yield needed ? build(terminal) : notRunning(usage, arguments);
            }
        };
    }

    /** The settings of the shell, and those of the options of {@code up}. */
    static Settings chosen(Settings shell, Arguments arguments) {
        Settings observed = arguments.has("--observe") ? shell.observed() : shell;
        Settings relayed = arguments.value("--relay").map(observed::relayedBy).orElse(observed);
        return arguments.has("--cluster") ? relayed.clustered() : relayed;
    }

    static int help(List<String> arguments) {
        System.out.print(
                arguments.isEmpty() ? Usage.overview() : Usage.of(arguments).page());
        return DONE;
    }

    private static int notRunning(Usage usage, Arguments arguments) {
        if (usage == Usage.DOWN) {
            System.out.println("Herald is not running.");
            return DONE;
        }
        if (usage == Usage.STATUS) {
            System.out.println(arguments.has("--json") ? NotUp.AS_JSON : NotUp.NOT_RUNNING);
            return NOT_RUNNING;
        }
        throw new NotUp(false);
    }

    private static int build(Terminal terminal) throws IOException, InterruptedException {
        List<String> modules =
                Arrays.asList(System.getProperty("herald.stale", "").split(",", -1));
        return new MavenBuild(modules, terminal).run() ? GO_ON : FAILED;
    }
}
