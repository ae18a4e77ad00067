package dev.herald.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The ratio of two figures of the same round, for each round. A disturbance of a round affects both figures, so it hardly affects the
 * ratio.
 *
 * @param ofRounds the ratio in each round, ascending
 */
record Ratio(String what, List<Double> ofRounds, Aim aim) {

    Ratio {
        ofRounds = ofRounds.stream().sorted().toList();
    }

    static Ratio of(String what, Measured upper, Measured lower, ToDoubleFunction<Figures> figure, Aim aim) {
        List<Double> ofRounds = IntStream.range(0, upper.rounds().size())
                .mapToObj(round -> figure.applyAsDouble(upper.rounds().get(round))
                        / figure.applyAsDouble(lower.rounds().get(round)))
                .toList();
        return new Ratio(what, ofRounds, aim);
    }

    static Ratio ofRates(Measured upper, Measured lower, Aim aim) {
        return of(compared(upper, lower) + ", requests/s", upper, lower, Figures::perSecond, aim);
    }

    static Ratio ofTimes(Measured upper, Measured lower, Aim aim) {
        return of(compared(upper, lower) + ", p50", upper, lower, Figures::p50, aim);
    }

    static Ratio ofSlowest(Measured upper, Measured lower, Aim aim) {
        return of(compared(upper, lower) + ", p99", upper, lower, Figures::p99, aim);
    }

    static Ratio ofTail(Measured measured, Aim aim) {
        return single(measured.name() + ", p99 to p50", measured, figures -> figures.p99() / figures.p50(), aim);
    }

    /** A time with an upper limit, both in milliseconds, which the report shows among the ratios. */
    static Ratio ofMillis(String what, Measured measured, ToDoubleFunction<Figures> figure, double most) {
        return single(what, measured, figure, Aim.atMost(most));
    }

    private static Ratio single(String what, Measured measured, ToDoubleFunction<Figures> figure, Aim aim) {
        return new Ratio(
                what, measured.rounds().stream().map(figure::applyAsDouble).toList(), aim);
    }

    private static String compared(Measured upper, Measured lower) {
        return upper.name() + " to " + lower.name();
    }

    /** The value of the median round. */
    @JsonProperty("value")
    double value() {
        return ofRounds.get(ofRounds.size() / 2);
    }

    @JsonProperty("met")
    boolean isMet() {
        return aim.isMetBy(value());
    }
}
