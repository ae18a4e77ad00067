package dev.herald.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.local.TestSettings;
import dev.herald.local.process.ListeningSocket;
import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.Port;
import dev.herald.local.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ./herald} before the first build: from its source file, with an empty class path. */
class BootstrapTest {

    private static final Path SOURCE =
            Checkout.root().resolve("deploy/local/src/main/java/dev/herald/local/cli/Bootstrap.java");

    @TempDir
    private Path home;

    private Settings settings;

    /** @param text the standard output and the standard error */
    private record Answer(int exitCode, String text) {

        String lastLine() {
            return text.lines().reduce("", (before, line) -> line);
        }
    }

    @BeforeEach
    void chooseFreePorts() {
        settings = TestSettings.onFreePorts(home);
    }

    @Test
    void explainsTheCommandsWithoutABuild() throws Exception {
        Answer help = herald("help");

        assertThat(help.exitCode()).as(help.text()).isZero();
        assertThat(help.text()).isEqualTo(Usage.overview());
    }

    @Test
    void refusesAnUnknownCommandWithoutABuild() throws Exception {
        Answer answer = herald("hepl");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.text().lines()).hasSize(2);
        assertThat(answer.lastLine()).isEqualTo("There is no command \"hepl\". Did you mean help?");
    }

    @Test
    void namesATakenPortWithItsHolderBeforeTheBuild() throws Exception {
        try (ServerSocket taken =
                new ServerSocket(settings.port(Port.USER_SERVICE), 1, InetAddress.getLoopbackAddress())) {
            Answer up = herald("up");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.text())
                    .contains("Port %d is taken, and user-service needs it".formatted(taken.getLocalPort()))
                    .contains("HERALD_USER_SERVICE_PORT")
                    .doesNotContain("Building");
            if (!ListeningSocket.all().isEmpty()) {
                assertThat(up.text()).contains("pid " + ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void tellsTheVersionAndTheCommit() throws Exception {
        assertThat(herald("version").text()).contains("Herald 1.").contains("JDK 25");
    }

    private Answer herald(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dherald.stale=none",
                SOURCE.toString()));
        command.addAll(List.of(words));
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().remove("JDK_JAVA_OPTIONS");
        java.environment().putAll(settings.environment());
        Process process = java.start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Answer(process.waitFor(), text);
    }
}
