package dev.herald.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Two figures of the same rounds, one divided by the other. What disturbs a round disturbs both, and so hardly this.
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

    /** Requests per second of the one to those of the other. */
    static Ratio ofRates(Measured upper, Measured lower, Aim aim) {
        String what = "%s to %s, requests/s".formatted(upper.name(), lower.name());
        return of(what, upper, Figures::perSecond, lower, Figures::perSecond, aim);
    }

    /** The slowest hundredth to the usual answer. */
    static Ratio ofTail(Measured measured, Aim aim) {
        return of(measured.name() + ", p99 to p50", measured, Figures::p99, measured, Figures::p50, aim);
    }

    /** The usual time of the one to that of the other. */
    static Ratio ofTimes(Measured upper, Measured lower, Aim aim) {
        return of("%s to %s, p50".formatted(upper.name(), lower.name()), upper, Figures::p50, lower, Figures::p50, aim);
    }

    /** A time by itself, where the aim is one: less than so many milliseconds. */
    static Ratio ofMillis(String what, Measured measured, ToDoubleFunction<Figures> figure, double most) {
        return of(what, measured, figure, measured, any -> 1, Aim.atMost(most));
    }

    /** In the median round. */
    @JsonProperty("value")
    double value() {
        return ofRounds.get(ofRounds.size() / 2);
    }

    @JsonProperty("met")
    boolean isMet() {
        return aim.isMetBy(value());
    }
}
