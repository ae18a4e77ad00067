package dev.herald.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.process.SearchPath;
import dev.herald.local.settings.Checkout;
import dev.herald.local.suite.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Builds stale modules with Maven. Prints one line for each module, and the progress. */
final class MavenBuild {

    private final List<String> modules;
    private final Terminal terminal;

    /** @param modules the paths that {@code mvn -pl} accepts */
    MavenBuild(List<String> modules, Terminal terminal) {
        this.modules = modules;
        this.terminal = terminal;
    }

    /** Returns whether the build succeeded, and prints the reason if it failed. */
    boolean run() throws IOException, InterruptedException {
        Optional<Path> mvn = SearchPath.find("mvn");
        if (mvn.isEmpty()) {
            System.err.println("Herald must be built first, and the build needs Maven 3.8 or newer."
                    + " Install it (Debian, Ubuntu: apt-get install maven), so that mvn is on the PATH.");
            return false;
        }
        Path log = Files.createDirectories(Checkout.launcher().getParent()).resolve("build.log");
        announce(log);
        ProcessBuilder builder = new ProcessBuilder(
                mvn.get().toString(),
                "-B",
                // Neither compiles nor runs tests.
                "-Dmaven.test.skip=true",
                "-f",
                Checkout.root().resolve("pom.xml").toString(),
                "-pl",
                String.join(",", modules),
                "-am",
                "package");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).start();
        Thread end = new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        });
        Runtime.getRuntime().addShutdownHook(end);
        process.getOutputStream().close();
        BuildProgress progress = new BuildProgress(Instant.now(), terminal::line);
        follow(process, progress, log);
        int exit = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(end);
        if (exit == 0) {
            progress.succeeded(Instant.now());
            return true;
        }
        progress.failure().forEach(System.err::println);
        System.err.printf("The build failed%s. Maven's output is in %s.%n", progress.hint(), log);
        return false;
    }

    private static void follow(Process process, BuildProgress progress, Path log) throws IOException {
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
                BufferedReader output = process.inputReader(UTF_8);
                PrintWriter file = new PrintWriter(Files.newBufferedWriter(log, UTF_8), true)) {
            var _ = clock.scheduleAtFixedRate(() -> progress.tick(Instant.now()), 1, 1, TimeUnit.SECONDS);
            output.lines().forEach(line -> {
                file.println(line);
                progress.read(line, Instant.now());
            });
        }
    }

    private void announce(Path log) {
        if (Files.exists(Checkout.launcher())) {
            terminal.heading("Building what has changed: " + String.join(", ", modules));
        } else {
            boolean fetched = Files.exists(
                    Path.of(System.getProperty("user.home"), ".m2/repository/org/springframework/boot/spring-boot"));
            terminal.heading("Building Herald: first run, about %d minutes, only once".formatted(fetched ? 2 : 6));
            if (!fetched) {
                terminal.line("  Maven downloads about 550 MB of libraries, so the time depends on the network.");
            }
        }
        terminal.line("  Compiling is slow because the compiler also checks every class for bugs and null errors.");
        terminal.line("  Maven's output: " + log);
        terminal.blank();
    }
}
