package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.herald.local.process.SearchPath;
import dev.herald.local.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite starts on one core, with the JVMs' defaults of a machine of 4 GiB, without large pages. */
class SmallMachineIT {

    @Test
    @SlowTest
    void startsUpToTheFirstEmail(@TempDir Path home) throws Exception {
        assumeThat(SearchPath.find("taskset")).isPresent();
        CommandLine onOneCore = new CommandLine(settings(home), List.of("taskset", "-c", "0"));
        try {
            CommandLine.Answer up = onOneCore.run("up", "--detach");

            assertThat(up.exitCode()).as(up.text()).isZero();
            assertThat(up.text()).contains("Welcome to Herald");
            assertThat(onOneCore.run("status").exitCode()).isZero();
        } finally {
            onOneCore.run("down");
        }
    }

    private static Settings settings(Path home) {
        Map<String, String> environment =
                new HashMap<>(TestSettings.onFreePorts(home).environment());
        environment.merge(
                "HERALD_JAVA_OPTS", "-XX:MaxRAM=4g -XX:-UseTransparentHugePages", (own, more) -> own + " " + more);
        return new Settings(environment);
    }
}
