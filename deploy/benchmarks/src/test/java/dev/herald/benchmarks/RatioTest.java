package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RatioTest {

    @Test
    void isTakenWithinEachRoundSoThatASlowRoundDoesNotMoveIt() {
        Measured bound = rates(1000, 100, 1000);
        Measured register = rates(900, 88, 860);

        Ratio ratio = Ratio.ofRates(register, bound, Aim.atLeast(0.85));

        assertThat(ratio.ofRounds()).containsExactly(0.86, 0.88, 0.9);
        assertThat(ratio.value()).isEqualTo(0.88);
        assertThat(ratio.isMet()).isTrue();
    }

    @Test
    void missesItsAimIfNothingWasAnswered() {
        Ratio ratio = Ratio.ofTail(new Measured("down", List.of(Figures.of(new long[0], 1)), Map.of()), Aim.atMost(10));

        assertThat(ratio.value()).isNaN();
        assertThat(ratio.isMet()).isFalse();
    }

    @Test
    void isHeldAgainstBothEndsOfAnAim() {
        assertThat(DoubleStream.of(0.66, 0.67, 1, 1.5, 1.51).mapToObj(Aim.within(1.5)::isMetBy))
                .containsExactly(false, true, true, true, false);
        assertThat(DoubleStream.of(0.84, 0.85, 2).mapToObj(Aim.atLeast(0.85)::isMetBy))
                .containsExactly(false, true, true);
        assertThat(DoubleStream.of(1, 10, 10.1).mapToObj(Aim.atMost(10)::isMetBy))
                .containsExactly(true, true, false);
    }

    @Test
    void isHeldAgainstTheSlowerOfTwoInEachRound() {
        Measured user = times("user", 2, 8, 2);
        Measured posts = times("posts", 4, 4, 5);

        Ratio ratio =
                Ratio.ofTimes(times("both", 6, 6, 6), Measured.slower("slower part", user, posts), Aim.atMost(1.2));

        assertThat(ratio.what()).isEqualTo("both to slower part, p50");
        assertThat(ratio.ofRounds()).containsExactly(0.75, 1.2, 1.5);
        assertThat(ratio.isMet()).isTrue();
    }

    @Test
    void missesItsAimIfOneOfTwoDidNotAnswer() {
        Measured slower = Measured.slower("slower part", times("user", Double.NaN), times("posts", 4));

        assertThat(Ratio.ofTimes(times("both", 4), slower, Aim.atMost(1.2)).isMet())
                .isFalse();
    }

    private static Measured times(String name, double... p50) {
        return new Measured(
                name,
                DoubleStream.of(p50)
                        .mapToObj(time -> new Figures(1, time, time))
                        .toList(),
                Map.of());
    }

    private static Measured rates(double... perSecond) {
        return new Measured(
                "load",
                DoubleStream.of(perSecond)
                        .mapToObj(rate -> new Figures(rate, 1, 1))
                        .toList(),
                Map.of());
    }
}
