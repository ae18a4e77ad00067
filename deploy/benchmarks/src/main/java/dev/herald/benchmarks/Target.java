package dev.herald.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The running suite. The launcher passes it in an environment variable, which other users of the machine cannot read.
 *
 * @param serviceJvm the Java command and the JVM options of a service
 * @param kafka the bootstrap servers
 * @param processes the process ids of the running components
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
        String peers,
        String kafka,
        Map<String, Long> processes,
        Path reports) {

    /** The command and the environment of a service, to start another process of it. */
    record Program(List<String> command, Map<String, String> environment) {

        String variable(String name) {
            return Optional.ofNullable(environment.get(name))
                    .orElseThrow(() -> new BenchFailed("The launcher does not pass " + name + "."));
        }
    }

    private static final String VARIABLE = "HERALD_BENCH_TARGET";

    static Target from(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .map(json -> JsonMapper.shared().readValue(json, Target.class))
                .orElseThrow(() -> new BenchFailed(VARIABLE + " is not set. ./herald bench sets it."));
    }
}
