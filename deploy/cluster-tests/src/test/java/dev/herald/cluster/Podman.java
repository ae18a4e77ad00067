package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class Podman {

    private Podman() {}

    /** Runs a command, and returns its standard output. Fails if the command fails. */
    static String run(String... arguments) throws IOException, InterruptedException {
        Program podman = attempt(arguments);
        assertThat(podman.exitCode())
                .as("podman %s%n%s", String.join(" ", arguments), podman.errors())
                .isZero();
        return podman.output().strip();
    }

    /** Runs a command that may fail. */
    static Program attempt(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(arguments));
        return Program.run(Path.of("target"), command);
    }
}
