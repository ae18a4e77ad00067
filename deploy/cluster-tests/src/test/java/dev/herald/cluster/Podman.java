package dev.herald.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program podman. */
final class Podman {

    private Podman() {}

    /** Returns what it prints on standard output. */
    static String run(String... arguments) throws IOException, InterruptedException {
        Program podman = attempt(arguments);
        assertThat(podman.exitCode())
                .as("podman %s%n%s", String.join(" ", arguments), podman.errors())
                .isZero();
        return podman.output().strip();
    }

    /** The same for a command that may fail. */
    static Program attempt(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("podman"));
        command.addAll(List.of(arguments));
        return Program.run(Path.of("target"), command);
    }
}
