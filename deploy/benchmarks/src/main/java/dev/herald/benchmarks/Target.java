package dev.herald.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the running suite is. The launcher says it in the environment, which other users of the machine cannot read.
 *
 * @param serviceJvm how a service's JVM is called, up to what it runs
 * @param userServiceProgram how all of it is
 * @param gatewayProgram likewise
 * @param reports the folder of all reports
 */
record Target(
        URI gateway,
        URI userService,
        URI postService,
        URI userServiceManagement,
        Database usersDatabase,
        Database postsDatabase,
        Database notificationsDatabase,
        Credentials admin,
        List<String> serviceJvm,
        Program userServiceProgram,
        Program gatewayProgram,
        Path reports) {

    static Target from(Map<String, String> environment) {
        return new Target(
                URI.create(required(environment, "GATEWAY_URL")),
                URI.create(required(environment, "USER_SERVICE_URL")),
                URI.create(required(environment, "POST_SERVICE_URL")),
                URI.create(required(environment, "USER_SERVICE_MANAGEMENT_URL")),
                database(environment, "USERS"),
                database(environment, "POSTS"),
                database(environment, "NOTIFICATIONS"),
                new Credentials(required(environment, "ADMIN_EMAIL"), required(environment, "ADMIN_PASSWORD")),
                required(environment, "SERVICE_JVM").lines().toList(),
                program(environment, "USER_SERVICE"),
                program(environment, "GATEWAY"),
                Path.of(required(environment, "REPORTS")));
    }

    private static Database database(Map<String, String> environment, String name) {
        return new Database(
                required(environment, name + "_DATABASE_URL"),
                required(environment, name + "_DATABASE_USER"),
                required(environment, name + "_DATABASE_PASSWORD"));
    }

    private static Program program(Map<String, String> environment, String name) {
        return Json.MAPPER.readValue(required(environment, name + "_PROGRAM"), Program.class);
    }

    private static String required(Map<String, String> environment, String name) {
        String variable = "HERALD_BENCH_" + name;
        return Optional.ofNullable(environment.get(variable))
                .orElseThrow(() -> new BenchFailed("%s is not set: ./herald bench does that.".formatted(variable)));
    }
}
