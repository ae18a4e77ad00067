package dev.herald.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program of {@code peers/namastack}. Its tables are in their own schema of user-service's database. */
record Namastack(Target target, Path jar) {

    private static final String SCHEMA = "bench_namastack";
    private static final Duration TIME_LIMIT = Duration.ofMinutes(3);
    private static final Pattern RATE = Pattern.compile("RATE ([\\d.]+)");

    Figures drain(int events) throws IOException, InterruptedException, SQLException {
        Database database = target.usersDatabase();
        database.execute("drop schema if exists %s cascade; create schema %1$s".formatted(SCHEMA));
        try {
            return new Figures(Double.parseDouble(run(database, events)), Double.NaN, Double.NaN);
        } finally {
            database.execute("drop schema %s cascade".formatted(SCHEMA));
        }
    }

    private String run(Database database, int events) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(target.serviceJvm());
        command.addAll(List.of("-jar", jar.toString(), Integer.toString(events)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "SPRING_DATASOURCE_URL", database.url() + "?currentSchema=" + SCHEMA,
                        "SPRING_DATASOURCE_USERNAME", database.user(),
                        "SPRING_DATASOURCE_PASSWORD", database.password(),
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                                target.userServiceProgram().variable("SPRING_KAFKA_BOOTSTRAP_SERVERS")));
        Process process = builder.start();
        Thread.ofVirtual().start(() -> stopWhenLate(process));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(output);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new BenchFailed("namastack-outbox fails: " + output.lines().reduce("", (first, last) -> last));
        }
        return rate.group(1);
    }

    private static void stopWhenLate(Process process) {
        try {
            if (!process.waitFor(TIME_LIMIT)) {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
