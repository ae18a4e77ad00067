package dev.herald.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A round of five groups reaches each component once, alone or in a pair. Three rounds inject every kind of fault into every component.
 */
final class SuiteRounds implements Schedule.Rounds {

    /** The number of components in each group of a round. */
    private static final List<Integer> SIZES = List.of(1, 1, 2, 2, 2);

    private final Random random;
    private final Map<Target, Integer> firstKind = new HashMap<>();
    private int round;

    SuiteRounds(Random random) {
        this.random = random;
        Schedule.shuffled(targets(), random).forEach(target -> firstKind.put(target, firstKind.size()));
    }

    @Override
    public List<Target> targets() {
        return Target.OF_A_SUITE;
    }

    @Override
    public List<List<Fault>> next() {
        Deque<Target> targets = new ArrayDeque<>(Schedule.shuffled(targets(), random));
        List<List<Fault>> groups = Schedule.shuffled(SIZES, random).stream()
                .map(size -> Stream.generate(targets::remove)
                        .limit(size)
                        .map(target -> new Fault(target, kindFor(target)))
                        .toList())
                .toList();
        round++;
        return groups;
    }

    /** The kind of fault for the component: a different one in each of three rounds. */
    private Fault.Kind kindFor(Target target) {
        List<Fault.Kind> kinds = Fault.Kind.OF_A_PROCESS;
        return kinds.get((firstKind.getOrDefault(target, 0) + round) % kinds.size());
    }
}
