package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.herald.local.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A copy of an npm project of this repository with its packages, in a folder that the build may write to.
 *
 * @param environment further variables of its commands
 */
record NodeProject(Path folder, Map<String, String> environment) {

    private static final int OLDEST_NODE = 20;
    private static final Set<String> MADE = Set.of("node_modules", "dist", "build");

    /** Skips the test if npm is not installed. */
    static NodeProject of(Path source, Map<String, String> environment) throws IOException, InterruptedException {
        assumeTrue(
                nodeVersion() >= OLDEST_NODE,
                "Skipped: npm with Node.js %d or newer is not on the PATH".formatted(OLDEST_NODE));
        Path folder = Path.of("target/node").resolve(source.getFileName()).toAbsolutePath();
        // What an earlier run built would be packed too; its packages stay, because they take long to install.
        Stream.of("dist", "build").map(folder::resolve).forEach(Folders::delete);
        copy(source, folder);
        NodeProject project = new NodeProject(folder, environment);
        project.run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline");
        return project;
    }

    /** Runs a command that must succeed, and returns its output. */
    String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
        return said;
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            String version = new String(node.getInputStream().readAllBytes(), UTF_8).strip();
            new ProcessBuilder("npm", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return Integer.parseInt(version.substring(1, version.indexOf('.')));
        } catch (IOException absent) {
            return 0;
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            files.filter(file -> Stream.iterate(source.relativize(file), part -> part != null, Path::getParent)
                            .noneMatch(part -> MADE.contains(String.valueOf(part.getFileName()))))
                    .forEach(file ->
                            copyOne(file, target.resolve(source.relativize(file).toString())));
        }
    }

    private static void copyOne(Path file, Path target) {
        try {
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
