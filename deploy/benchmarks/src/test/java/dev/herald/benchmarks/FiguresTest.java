package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final long MILLI = 1_000_000;

    @Test
    void areTheRateAndTimesThatWereReallyMeasured() {
        long[] nanos = LongStream.rangeClosed(1, 200)
                .map(number -> (201 - number) * MILLI)
                .toArray();

        assertThat(Figures.of(nanos, 4_000 * MILLI)).isEqualTo(new Figures(50, 100, 198));
    }

    @Test
    void ofASingleAnswerAreItsTime() {
        assertThat(Figures.of(new long[] {3 * MILLI}, 500 * MILLI)).isEqualTo(new Figures(2, 3, 3));
    }

    @Test
    void knowNoTimesWithoutAGoodAnswer() {
        assertThat(Figures.of(new long[0], MILLI)).isEqualTo(new Figures(0, Double.NaN, Double.NaN));
    }
}
