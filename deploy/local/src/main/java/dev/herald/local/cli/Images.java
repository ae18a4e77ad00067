package dev.herald.local.cli;

import dev.herald.local.process.Failure;
import dev.herald.local.process.LogFile;
import dev.herald.local.process.SearchPath;
import dev.herald.local.settings.Checkout;
import dev.herald.local.suite.BadUsage;
import dev.herald.local.suite.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code ./herald images}: builds the image of each service with deploy/images/Dockerfile. */
record Images(LogFile log, Terminal terminal) {

    private static final List<String> SERVICES =
            List.of("discovery", "user-service", "post-service", "notification-service", "gateway");

    /** Tools that can build an image, in the order of preference. */
    private static final List<String> TOOLS = List.of("docker", "podman", "buildah");

    private static final String REPOSITORY = "herald";

    boolean build(Arguments arguments) throws IOException, InterruptedException {
        List<String> services = arguments.plain().isEmpty() ? SERVICES : arguments.plain();
        services.stream().filter(name -> !SERVICES.contains(name)).findFirst().ifPresent(unknown -> {
            throw new BadUsage(
                    "There is no service \"%s\". There are: %s.".formatted(unknown, String.join(", ", SERVICES)));
        });
        String tool = tool();
        terminal.heading("Images, built with " + tool);
        for (String service : services) {
            Instant begin = Instant.now();
            try {
                List<String> tags = tags(arguments.value("--repository").orElse(REPOSITORY) + "/" + service);
                log.run(new ProcessBuilder(command(tool, service, tags, arguments))
                        .directory(Checkout.root().toFile()));
                terminal.fact(service, String.join(", ", tags) + " in " + Terminal.since(begin));
            } catch (IOException e) {
                terminal.fact(service, "failed: " + e.getMessage());
                terminal.quote(log.lastLines());
                return false;
            }
        }
        return true;
    }

    /** The first installed tool that works: docker may be installed without a running daemon. */
    private static String tool() throws IOException, InterruptedException {
        for (String tool : TOOLS) {
            if (SearchPath.find(tool).isPresent() && runs(tool)) {
                return tool;
            }
        }
        throw new Failure("Images are built with docker, podman or buildah, and none of them works on this machine.");
    }

    private static boolean runs(String tool) throws IOException, InterruptedException {
        return new ProcessBuilder(tool, "info")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<String> tags(String name) throws IOException, InterruptedException {
        List<String> tags = new ArrayList<>(List.of(name + ":" + Version.project()));
        Version.unchangedCommit().ifPresent(commit -> tags.add(name + ":" + commit.substring(0, 12)));
        return tags;
    }

    private static List<String> command(String tool, String service, List<String> tags, Arguments arguments)
            throws IOException, InterruptedException {
        Path folder = Path.of("deploy", "images");
        Optional<String> platform = arguments.value("--platform");
        // No step needs the network: every program that a step runs is in the base image.
        List<String> command = new ArrayList<>(List.of(tool, "build", "--network", "none"));
        command.addAll(List.of("--file", folder.resolve("Dockerfile").toString()));
        if (!tool.equals("docker")) {
            command.addAll(List.of(
                    "--ignorefile", folder.resolve("Dockerfile.dockerignore").toString()));
        }
        platform.ifPresent(name -> command.addAll(List.of("--platform", name)));
        // A start-up cache for another processor cannot be made on this one.
        command.addAll(List.of("--target", arguments.has("--small") || platform.isPresent() ? "plain" : "cached"));
        arguments.value("--base").ifPresent(base -> command.addAll(argument("BASE", base)));
        command.addAll(argument("SERVICE", service));
        command.addAll(argument("VERSION", Version.project()));
        command.addAll(argument("COMMIT", Version.unchangedCommit().orElse("unknown")));
        command.addAll(argument("SOURCE", Version.source().orElse("unknown")));
        tags.forEach(tag -> command.addAll(List.of("--tag", tag)));
        command.add(".");
        return command;
    }

    private static List<String> argument(String name, String value) {
        return List.of("--build-arg", name + "=" + value);
    }
}
