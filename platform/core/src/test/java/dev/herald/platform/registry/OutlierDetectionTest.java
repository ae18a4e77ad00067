package dev.herald.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

class OutlierDetectionTest {

    private static final ServiceInstance WELL = instance("well");
    private static final ServiceInstance SICK = instance("sick");
    private static final List<ServiceInstance> ALL = List.of(WELL, SICK);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final OutlierDetection outliers = new OutlierDetection(clock(() -> now));

    @Test
    void ejectsAnInstanceThatFailsSeveralTimesInARow() {
        outliers.failed(SICK, ALL);
        outliers.failed(SICK, ALL);
        assertThat(read()).isEqualTo(ALL);

        outliers.failed(SICK, ALL);
        assertThat(read()).containsExactly(WELL);
        assertThat(outliers.isHealthy(SICK)).isFalse();
        assertThat(outliers.isHealthy(WELL)).isTrue();
    }

    @Test
    void doesNotEjectOneThatAnswersInBetween() {
        outliers.failed(SICK, ALL);
        outliers.failed(SICK, ALL);
        outliers.answered(SICK);
        outliers.failed(SICK, ALL);

        assertThat(read()).isEqualTo(ALL);
    }

    @Test
    void givesAnEjectedInstanceOneRequestAfterAWhile() {
        eject(SICK);
        now = now.plus(OutlierDetection.EJECTION);

        assertThat(read()).containsExactly(SICK);
        assertThat(read()).containsExactly(WELL);

        outliers.failed(SICK, ALL);
        assertThat(read()).containsExactly(WELL);
        now = now.plus(OutlierDetection.EJECTION);
        assertThat(read()).containsExactly(SICK);
    }

    @Test
    void givesItAWriteOnlyIfThereIsNoRead() {
        eject(SICK);
        now = now.plus(OutlierDetection.EJECTION);
        assertThat(write()).containsExactly(WELL);

        now = now.plus(OutlierDetection.EJECTION);
        assertThat(write()).containsExactly(SICK);
        assertThat(write()).containsExactly(WELL);
    }

    @Test
    void takesItBackWithItsFirstAnswer() {
        eject(SICK);
        outliers.answered(SICK);

        assertThat(read()).isEqualTo(ALL);
        assertThat(outliers.isHealthy(SICK)).isTrue();
    }

    @Test
    void neverEjectsTheLastInstance() {
        eject(SICK);
        eject(WELL);

        assertThat(read()).containsExactly(WELL);
        assertThat(outliers.among(List.of(SICK), Duration.ZERO)).containsExactly(SICK);
        assertThat(outliers.notEjected(List.of(SICK))).containsExactly(SICK);
    }

    private void eject(ServiceInstance instance) {
        for (int failure = 0; failure < OutlierDetection.FAILURES; failure++) {
            outliers.failed(instance, ALL);
        }
    }

    private List<ServiceInstance> read() {
        return outliers.among(ALL, Duration.ZERO);
    }

    private List<ServiceInstance> write() {
        return outliers.among(ALL, OutlierDetection.EJECTION);
    }

    private static ServiceInstance instance(String id) {
        return new DefaultServiceInstance(id, "post-service", "localhost", 1, false);
    }

    private static Clock clock(InstantSource time) {
        return time.withZone(ZoneOffset.UTC);
    }
}
