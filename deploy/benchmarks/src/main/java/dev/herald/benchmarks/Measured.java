package dev.herald.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * The results of one load in all rounds.
 *
 * @param failures the number of failures by reason, in all rounds and in the warm-up
 */
record Measured(String name, List<Figures> rounds, Map<String, Integer> failures) {

    static Measured of(Load load, List<Phase> phases) {
        List<Phase> own =
                phases.stream().filter(phase -> phase.load().equals(load)).toList();
        Map<String, Integer> failures = new TreeMap<>();
        own.forEach(
                phase -> phase.recorder().failures().forEach((why, times) -> failures.merge(why, times, Integer::sum)));
        List<Figures> rounds = own.stream()
                .filter(phase -> !phase.isWarmUp())
                .map(phase -> phase.recorder().figures())
                .toList();
        return new Measured(load.name(), rounds, failures);
    }

    /** Takes the slower of two loads in each round. A request that waits for both cannot be faster. */
    static Measured slower(String name, Measured one, Measured other) {
        Comparator<Figures> byTime = Comparator.comparingDouble(Figures::p50);
        List<Figures> rounds = IntStream.range(0, one.rounds().size())
                .mapToObj(round -> BinaryOperator.maxBy(byTime)
                        .apply(one.rounds().get(round), other.rounds().get(round)))
                .toList();
        return new Measured(name, rounds, Map.of());
    }

    /** The round whose rate is the median. */
    Figures median() {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Figures::perSecond))
                .skip(rounds.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    int failed() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }
}
