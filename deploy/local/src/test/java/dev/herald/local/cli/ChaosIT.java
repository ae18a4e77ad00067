package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.chaos.ChaosResult;
import dev.herald.local.SlowTest;
import dev.herald.local.TestSettings;
import dev.herald.local.settings.Port;
import dev.herald.local.suite.RunRecords;
import dev.herald.local.suite.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./herald chaos}. */
class ChaosIT {

    private static final int SEED = 1;
    private static final Duration TIME = Duration.ofSeconds(45);

    @SlowTest
    @Test
    void nothingIsLostOrDoubledWhateverFalls() throws InterruptedException {
        ChaosSuite chaos = ChaosSuite.single(Path.of("target/chaos").toAbsolutePath(), new Terminal(System.out, false));

        ChaosResult result = chaos.run(SEED, TIME);

        assertThat(result.acknowledged()).isGreaterThan(100);
        assertThat(result.isClean()).as(() -> String.join("\n", result.lines())).isTrue();
        assertThat(new RunRecords(chaos.settings().home().run()).all()).isEmpty();
        assertThat(Port.values())
                .allMatch(port -> TestSettings.isFree(chaos.settings().port(port)));
    }
}
