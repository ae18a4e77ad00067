package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.javaapi.core.ChainBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimingTest {

    private static final Timing PACE = new Timing(3, Duration.ZERO, Duration.ofSeconds(2));
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Test
    void givesEverySideItsTurnInEveryRoundAfterAllAreWarm() {
        List<Phase> phases = PACE.phases(List.of(new Idle("a"), new Idle("b")), WARM_UP);

        assertThat(phases)
                .extracting(Phase::title)
                .containsExactly(
                        "a, warm-up",
                        "b, warm-up",
                        "a, round 1",
                        "b, round 1",
                        "b, round 2",
                        "a, round 2",
                        "a, round 3",
                        "b, round 3");
        assertThat(phases)
                .extracting(phase -> phase.duration().toSeconds())
                .containsExactly(5L, 5L, 2L, 2L, 2L, 2L, 2L, 2L);
    }

    @Test
    void leavesTheWarmUpOutOfTheFiguresButNotOutOfTheFailures() {
        Idle load = new Idle("a");
        List<Phase> phases = PACE.phases(List.of(load), WARM_UP);
        phases.forEach(phase -> phase.recorder()
                .good(new Recorder.Span(0, phase.isWarmUp() ? 9_000_000_000L : 1_000_000L * phase.round())));
        phases.forEach(phase -> phase.recorder().failed("status 503", new Recorder.Span(0, 1)));

        Measured measured = Measured.of(load, phases);

        assertThat(measured.rounds()).extracting(Figures::p50).containsExactly(1.0, 2.0, 3.0);
        assertThat(measured.median().p50()).isEqualTo(2);
        assertThat(measured.failures()).isEqualTo(Map.of("status 503", 4));
        assertThat(measured.failed()).isEqualTo(4);
    }

    private record Idle(String name) implements Load {

        @Override
        public int users() {
            return 1;
        }

        @Override
        public ChainBuilder work(String title, Duration duration, Recorder recorder) {
            throw new AssertionError("nothing is run here");
        }
    }
}
