package dev.herald.local.cli;

import dev.herald.local.process.JavaCommand;
import dev.herald.local.server.ServiceDatabase;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Secrets;
import dev.herald.local.settings.Settings;
import dev.herald.local.suite.ComponentStatus;
import dev.herald.local.suite.NotUp;
import dev.herald.local.suite.State;
import dev.herald.local.suite.Suite;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The load scenarios of deploy/benchmarks, in a JVM of their own that is told where the running suite is. */
record Benchmarks(Suite suite) {

    /**
     * Runs them on this terminal, and returns their exit code.
     *
     * @param words scenarios and options, which are theirs to understand
     * @throws NotUp if a part of the suite is missing
     */
    int run(List<String> words) throws IOException, InterruptedException {
        requireUp();
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.with(
                        "-Xmx384m",
                        // The load generator shares the processors with what it measures: let it be compiled well.
                        "-XX:TieredStopAtLevel=4",
                        // Gatling's libraries have not left sun.misc.Unsafe yet.
                        "--sun-misc-unsafe-memory-access=allow")
                .property("java.util.prefs.userRoot", suite.settings().home().data("bench"))
                .jar(Checkout.benchmarks(), words.toArray(String[]::new)));
        builder.environment().putAll(environment());
        Process process = builder.inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        return process.waitFor();
    }

    private void requireUp() {
        if (!suite.isRunning()) {
            throw new NotUp(false);
        }
        if (!suite.status().stream().map(ComponentStatus::state).allMatch(Benchmarks::isUp)) {
            throw new NotUp(true);
        }
    }

    private static boolean isUp(State state) {
        return state == State.UP || state == State.EXTERNAL;
    }

    /** Asks it to end, and waits, for it tidies up first. */
    private static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An environment is its owner's alone to read, other than a command line. */
    private Map<String, String> environment() throws IOException {
        Settings settings = suite.settings();
        Map<String, String> secrets = settings.secrets();
        Map<String, String> environment = new HashMap<>(Map.of(
                "HERALD_BENCH_GATEWAY_URL",
                settings.url(Port.GATEWAY, "").toString(),
                "HERALD_BENCH_USER_SERVICE_URL",
                settings.url(Port.USER_SERVICE, "").toString(),
                "HERALD_BENCH_POST_SERVICE_URL",
                settings.url(Port.POST_SERVICE, "").toString(),
                "HERALD_BENCH_USER_SERVICE_MANAGEMENT_URL",
                settings.url(Port.USER_SERVICE_MANAGEMENT, "").toString(),
                "HERALD_BENCH_ADMIN_EMAIL",
                secrets.getOrDefault(Secrets.ADMIN_EMAIL, ""),
                "HERALD_BENCH_ADMIN_PASSWORD",
                secrets.getOrDefault(Secrets.ADMIN_PASSWORD, ""),
                "HERALD_BENCH_SERVICE_JVM",
                String.join("\n", serviceJvm()),
                "HERALD_BENCH_REPORTS",
                settings.home().folder().resolve("bench").toString()));
        environment.put("HERALD_BENCH_USER_SERVICE_PROGRAM", program("user-service"));
        environment.put("HERALD_BENCH_GATEWAY_PROGRAM", program("gateway"));
        environment.putAll(database("HERALD_BENCH_USERS_DATABASE", ServiceDatabase.USERS));
        environment.putAll(database("HERALD_BENCH_POSTS_DATABASE", ServiceDatabase.POSTS));
        environment.putAll(database("HERALD_BENCH_NOTIFICATIONS_DATABASE", ServiceDatabase.NOTIFICATIONS));
        return environment;
    }

    private Map<String, String> database(String name, ServiceDatabase database) {
        Map<String, String> service = database.environment(suite.settings().postgres());
        return Map.of(
                name + "_URL",
                service.getOrDefault("SPRING_DATASOURCE_URL", ""),
                name + "_USER",
                service.getOrDefault("SPRING_DATASOURCE_USERNAME", ""),
                name + "_PASSWORD",
                service.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""));
    }

    /** How another like it can be started: its command, and what its environment has beside this process's own. */
    private String program(String service) throws IOException {
        ProcessBuilder process = suite.components().named(service).process();
        Map<String, String> environment = new HashMap<>(process.environment());
        environment.entrySet().removeAll(System.getenv().entrySet());
        return JsonMapper.shared().writeValueAsString(Map.of("command", process.command(), "environment", environment));
    }

    /** How user-service's JVM is called, without its start-up cache, which holds for its own class path. */
    private List<String> serviceJvm() throws IOException {
        return suite.components().named("user-service").process().command().stream()
                .takeWhile(word -> !word.equals("-jar"))
                .filter(word -> !word.startsWith("-XX:AOTCache="))
                .toList();
    }
}
