package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final String BEFORE = """
            waited_seconds_bucket{application="a",le="0.01"} 5
            waited_seconds_bucket{application="a",le="0.02"} 5
            waited_seconds_bucket{application="a",le="0.04"} 5
            waited_seconds_bucket{application="a",le="+Inf"} 5
            """;

    private static final String AFTER = """
            # HELP waited_seconds a time
            waited_seconds_bucket{application="a",le="0.01"} 55
            waited_seconds_bucket{application="a",le="0.02"} 95
            waited_seconds_bucket{application="a",le="0.04"} 105
            waited_seconds_bucket{application="a",le="+Inf"} 105
            waited_seconds_count{application="a"} 105
            other_seconds_bucket{application="a",le="+Inf"} 7
            """;

    private final Buckets since = Buckets.of(AFTER, "waited_seconds").since(Buckets.of(BEFORE, "waited_seconds"));

    @Test
    void countWhatCameSince() {
        assertThat(since.count()).isEqualTo(100);
    }

    @Test
    void interpolateLikePrometheus() {
        assertThat(since.percentile(0.50)).isCloseTo(10, within(1e-9));
        assertThat(since.percentile(0.70)).isCloseTo(15, within(1e-9));
        assertThat(since.percentile(0.99)).isCloseTo(38, within(1e-9));
    }

    @Test
    void sayNothingOfWhatWasNotObserved() {
        Buckets same = Buckets.of(BEFORE, "waited_seconds");

        assertThat(same.since(same).percentile(0.99)).isNaN();
        assertThatExceptionOfType(BenchFailed.class).isThrownBy(() -> Buckets.of(AFTER, "nobody_seconds"));
    }
}
