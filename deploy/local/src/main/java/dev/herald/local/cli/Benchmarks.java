package dev.herald.local.cli;

import dev.herald.local.process.Failure;
import dev.herald.local.process.JavaCommand;
import dev.herald.local.server.OutboxDatabase;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Secrets;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.ComponentStatus;
import dev.herald.local.suite.NotUp;
import dev.herald.local.suite.Suite;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./herald bench}: runs the jar of deploy/benchmarks in its own JVM, and passes it the addresses of the running suite. */
record Benchmarks(Suite suite) {

    private static final String WITH_DEBEZIUM = "outbox-debezium";

    /** Runs the benchmarks, which parse the words themselves, and returns their exit code. */
    int run(List<String> words) throws IOException, InterruptedException {
        requireUp();
        if (!words.contains(WITH_DEBEZIUM)) {
            return measure(words);
        }
        if (suite.settings().isRelayedByDebezium()) {
            throw new Failure(
                    WITH_DEBEZIUM + " compares Debezium with the relay: start the suite without --relay debezium.");
        }
        suite.beginDebezium(OutboxDatabase.of(ServiceDatabase.USERS, suite.settings()));
        try {
            return measure(words);
        } finally {
            suite.endDebezium();
        }
    }

    private int measure(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.with(
                        "-Xmx384m",
                        // Compiles with C2, because the load generator shares the processors with the services that it
                        // measures.
                        "-XX:TieredStopAtLevel=4",
                        // Gatling's libraries use sun.misc.Unsafe.
                        "--sun-misc-unsafe-memory-access=allow")
                .property("java.util.prefs.userRoot", suite.settings().home().data("bench"))
                .jar(Checkout.benchmarks(), words.toArray(String[]::new)));
        // An environment variable, because it contains passwords and other users can read a command line.
        builder.environment().put("HERALD_BENCH_TARGET", target());
        Process process = builder.inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        return process.waitFor();
    }

    private void requireUp() {
        if (!suite.isRunning()) {
            throw new NotUp(false);
        }
        if (!suite.status().stream().allMatch(ComponentStatus::isUp)) {
            throw new NotUp(true);
        }
    }

    /** Stops the benchmarks, and waits until they have deleted their data. */
    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JSON that the benchmarks read as their record {@code Target}. */
    private String target() throws IOException {
        Settings settings = suite.settings();
        Map<String, String> secrets = settings.secrets();
        Map<String, Object> target = new HashMap<>(Map.of(
                "gateway", settings.url(Port.GATEWAY, ""),
                "userService", settings.url(Port.USER_SERVICE, ""),
                "postService", settings.url(Port.POST_SERVICE, ""),
                "userServiceManagement", settings.url(Port.USER_SERVICE_MANAGEMENT, ""),
                "usersDatabase", database(ServiceDatabase.USERS),
                "postsDatabase", database(ServiceDatabase.POSTS),
                "notificationsDatabase", database(ServiceDatabase.NOTIFICATIONS),
                "serviceJvm", serviceJvm(),
                "reports", settings.home().folder().resolve("bench").toString()));
        target.put(
                "admin",
                Map.of(
                        "email", secrets.getOrDefault(Secrets.ADMIN_EMAIL, ""),
                        "password", secrets.getOrDefault(Secrets.ADMIN_PASSWORD, "")));
        target.put("userServiceProgram", program("user-service"));
        target.put("gatewayProgram", program("gateway"));
        target.put("peers", Checkout.peers().toString());
        target.put("kafka", settings.kafkaBootstrapServers());
        target.put("processes", suite.processes());
        return JsonMapper.shared().writeValueAsString(target);
    }

    private Map<String, String> database(ServiceDatabase database) {
        return Map.of(
                "url", suite.settings().postgres().database(database.name()),
                "user", database.role(),
                "password", Settings.LOCAL_PASSWORD);
    }

    /** The command line of a service, and the environment variables that its process has in addition to this process. */
    private Map<String, Object> program(String service) throws IOException {
        ProcessBuilder process = suite.components().named(service).process();
        Map<String, String> environment = new HashMap<>(process.environment());
        environment.entrySet().removeAll(System.getenv().entrySet());
        return Map.of("command", process.command(), "environment", environment);
    }

    /** The Java command and the JVM options of user-service, without the start-up cache, which is valid for one class path only. */
    private List<String> serviceJvm() throws IOException {
        return suite.components().named("user-service").process().command().stream()
                .takeWhile(word -> !word.equals("-jar"))
                .filter(word -> !word.startsWith("-XX:AOTCache="))
                .toList();
    }
}
