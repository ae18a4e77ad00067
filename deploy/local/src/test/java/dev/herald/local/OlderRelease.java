package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.herald.local.server.Http;
import dev.herald.local.server.Service;
import dev.herald.local.settings.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jars of an older commit, built once in {@code target}. */
record OlderRelease(String commit, Path folder) {

    /** Skips the test where the commit is not there, as in a shallow clone. */
    static OlderRelease of(String commit) throws IOException, InterruptedException {
        Path folder = Path.of("target/releases").resolve(commit).toAbsolutePath();
        OlderRelease release = new OlderRelease(commit, folder);
        if (!Files.exists(folder.resolve("built"))) {
            assumeTrue(
                    run(Checkout.root(), "git", "cat-file", "-e", commit + "^{commit}") == 0,
                    "Skipped: this clone does not have the commit %s (git fetch --unshallow)".formatted(commit));
            release.build();
        }
        return release;
    }

    private void build() throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path sources = folder.resolve("sources.tar");
        assertThat(run(Checkout.root(), "git", "archive", "--output=" + sources, commit))
                .isZero();
        assertThat(run(folder, "tar", "-xf", sources.toString())).isZero();
        String services = "user-service,post-service,notification-service";
        assertThat(run(folder, "mvn", "-B", "-ntp", "-q", "-DskipTests", "-pl", services, "-am", "package"))
                .isZero();
        Files.createFile(folder.resolve("built"));
    }

    /** The exit code; what a failing command says is printed. */
    private static int run(Path folder, String... command) throws IOException, InterruptedException {
        ProcessBuilder process =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process running = process.start();
        running.getOutputStream().close();
        String output = new String(running.getInputStream().readAllBytes(), UTF_8);
        int exitCode = running.waitFor();
        if (exitCode != 0) {
            System.out.println(String.join(" ", command) + ": " + output);
        }
        return exitCode;
    }

    /**
     * Starts an instance in the place of one of today's, and returns when it is ready.
     *
     * @param environment settings beside those of the suite
     */
    Instance start(Service today, Map<String, String> environment) throws IOException {
        ProcessBuilder process = today.process();
        List<String> command = new ArrayList<>(process.command());
        command.removeIf(option -> option.startsWith("-XX:AOTCache"));
        command.set(command.indexOf("-jar") + 1, jar(today.name()).toString());
        process.command(command);
        process.environment().putAll(environment);
        Path log = folder.resolve(today.name() + ".log");
        Instance instance = new Instance(
                process.redirectErrorStream(true).redirectOutput(log.toFile()).start());
        await(today.name() + " of " + commit + ", see " + log)
                // Without today's start-up caches, and under load.
                .atMost(ofMinutes(10))
                .ignoreExceptions()
                .until(() -> Http.get(today.managementUrl("/actuator/health/readiness"))
                                .statusCode()
                        == 200);
        return instance;
    }

    private Path jar(String instance) {
        String service = instance.replaceFirst("-\\d+$", "");
        return folder.resolve(service).resolve("target").resolve(service + "-1.0.0-SNAPSHOT.jar");
    }

    /** A running one. */
    record Instance(Process process) implements AutoCloseable {

        /** In good order, as far as it goes. */
        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
