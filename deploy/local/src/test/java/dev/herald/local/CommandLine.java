package dev.herald.local;

import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the real {@code ./herald}.
 *
 * @param wrapper a program that runs it, with its options, such as {@code taskset}; empty for none
 */
public record CommandLine(Settings settings, List<String> wrapper) {

    public CommandLine(Settings settings) {
        this(settings, List.of());
    }

    public record Answer(int exitCode, String text) {}

    /** A command that may still be running. */
    record Running(Process process, Path output) {

        /** Its output so far. */
        String text() {
            try {
                return Files.readString(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public Answer run(String... words) throws IOException, InterruptedException {
        Running command = launch(words);
        return new Answer(command.process().waitFor(), command.text());
    }

    Running launch(String... words) throws IOException {
        Path output = Files.createTempFile(Files.createDirectories(Path.of("target/commands")), "herald", ".out");
        List<String> command = new ArrayList<>(wrapper);
        command.add(Checkout.root().resolve("herald").toString());
        command.addAll(List.of(words));
        ProcessBuilder herald =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        herald.environment().putAll(settings.environment());
        return new Running(herald.start(), output);
    }
}
