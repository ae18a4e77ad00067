package dev.herald.user;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A new JVM, which has not loaded a native library, with a temporary folder to load it from. */
public record NewJvm(List<String> prefix, Path temporary) {

    public static NewJvm with(Path temporary) {
        return new NewJvm(List.of(), temporary);
    }

    /** With a temporary folder that is mounted {@code noexec}. Skips the test if it cannot be mounted. */
    public static NewJvm withoutPrograms(Path folder) throws InterruptedException {
        List<String> mounted = List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs -o noexec none \"$0\" && exec \"$@\"", folder.toString());
        assumeTrue(canRun(mounted), "a file system can be mounted");
        return new NewJvm(mounted, folder);
    }

    private static boolean canRun(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a main class, and returns the last line of its output. */
    public String outputOf(Class<?> program) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Djna.tmpdir=" + temporary,
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        Process java = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = java.inputReader()) {
            return output.lines().reduce("", (before, line) -> line);
        }
    }
}
