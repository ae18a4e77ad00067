package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.herald.chaos.ChaosResult;
import dev.herald.local.SlowTest;
import dev.herald.local.TestSettings;
import dev.herald.local.settings.ClusterNetwork;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Short forms of {@code ./herald chaos}. */
class ChaosIT {

    private static final int SEED = 1;
    private static final Duration TIME = Duration.ofSeconds(45);

    /** Long enough for most faults of a round. */
    private static final Duration CLUSTER_TIME = Duration.ofMinutes(3);

    private static final Terminal TERMINAL = new Terminal(System.out, false);

    @SlowTest
    @Test
    void nothingIsLostOrDoubledWhateverFalls() throws InterruptedException {
        assertClean(ChaosSuite.single(Path.of("target/chaos").toAbsolutePath(), TERMINAL), TIME);
    }

    @SlowTest
    @Test
    void nothingIsLostOrDoubledInACluster() throws InterruptedException {
        assumeTrue(ClusterNetwork.isPossible(), "A cluster needs Linux, root, and the programs ip and nsenter");

        assertClean(ChaosSuite.cluster(Path.of("target/chaos-cluster").toAbsolutePath(), TERMINAL), CLUSTER_TIME);
    }

    private static void assertClean(ChaosSuite chaos, Duration time) throws InterruptedException {
        ChaosResult result = chaos.run(SEED, time);

        assertThat(result.acknowledged()).isGreaterThan(100);
        assertThat(result.isClean()).as(() -> String.join("\n", result.lines())).isTrue();
        assertThat(new RunRecords(chaos.settings().home().run()).all()).isEmpty();
        assertThat(Port.values())
                .allMatch(port -> TestSettings.isFree(chaos.settings().port(port)));
    }
}
