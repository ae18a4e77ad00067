package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashingTest {

    private static final List<String> JAVA =
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC");

    private static final HashingCost CHEAP = new HashingCost(16, 32, 1, 1024, 1);

    @Test
    void countsTheHashesOfItsProcess() throws Exception {
        Recorder recorder = new Recorder();

        try (Hashing hashing = new Hashing(JAVA, CHEAP)) {
            hashing.hash(Duration.ofMillis(50), recorder);
        }

        assertThat(recorder.failures()).isEmpty();
        assertThat(recorder.figures().perSecond()).isPositive();
        assertThat(recorder.figures().p50()).isPositive();
    }

    @Test
    void isCountedAsFailedWhenItsProcessIsGone() throws Exception {
        Recorder recorder = new Recorder();
        Hashing hashing = new Hashing(List.of(JAVA.getFirst(), "--no-such-option"), CHEAP);

        hashing.hash(Duration.ofMillis(50), recorder);

        assertThat(recorder.failures()).hasSize(1);
        assertThat(recorder.figures().perSecond()).isZero();
    }
}
