package dev.herald.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two figures of the same rounds, one divided by the other. A disturbance of a round affects both, so it hardly affects the ratio.
 *
 * @param ofRounds the ratio in each round, ascending
 */
record Ratio(String what, List<Double> ofRounds, Aim aim) {

    Ratio {
        ofRounds = ofRounds.stream().sorted().toList();
    }

    static Ratio of(
            String what,
            Measured upper,
            ToDoubleFunction<Figures> upperFigure,
            Measured lower,
            ToDoubleFunction<Figures> lowerFigure,
            Aim aim) {
        List<Double> ofRounds = IntStream.range(0, upper.rounds().size())
                .mapToObj(round -> upperFigure.applyAsDouble(upper.rounds().get(round))
                        / lowerFigure.applyAsDouble(lower.rounds().get(round)))
                .toList();
        return new Ratio(what, ofRounds, aim);
    }

    static Ratio ofRates(Measured upper, Measured lower, Aim aim) {
        String what = "%s to %s, requests/s".formatted(upper.name(), lower.name());
        return of(what, upper, Figures::perSecond, lower, Figures::perSecond, aim);
    }

    static Ratio ofTail(Measured measured, Aim aim) {
        return of(measured.name() + ", p99 to p50", measured, Figures::p99, measured, Figures::p50, aim);
    }

    static Ratio ofTimes(Measured upper, Measured lower, Aim aim) {
        return of("%s to %s, p50".formatted(upper.name(), lower.name()), upper, Figures::p50, lower, Figures::p50, aim);
    }

    /** A single time with an upper limit, both in milliseconds; it is compared with no other load. */
    static Ratio ofMillis(String what, Measured measured, ToDoubleFunction<Figures> figure, double most) {
        return of(what, measured, figure, measured, any -> 1, Aim.atMost(most));
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
