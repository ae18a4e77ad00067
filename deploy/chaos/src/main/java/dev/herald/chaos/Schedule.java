package dev.herald.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * An endless sequence of fault groups that depends only on the seed. A round of five groups reaches each component once, alone or in a
 * pair. Three rounds inject every kind of fault into every component.
 */
final class Schedule {

    private static final List<Fault.Kind> KINDS = List.of(Fault.Kind.values());

    /** The number of components in each group of a round. */
    private static final List<Integer> SIZES = List.of(1, 1, 2, 2, 2);

    /** Short faults end before all timeouts; long ones exceed the session timeouts of the relay (5 s) and of a consumer (10 s). */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);

    private final RandomGenerator random;
    private final Map<Target, Integer> firstKind = new EnumMap<>(Target.class);
    private final Deque<FaultGroup> planned = new ArrayDeque<>();
    private int round;

    Schedule(long seed) {
        // The Javadoc of Random specifies its algorithm, so a seed gives the same faults on every JDK.
        random = new Random(seed);
        shuffled(List.of(Target.values())).forEach(target -> firstKind.put(target, firstKind.size()));
    }

    FaultGroup next() {
        if (planned.isEmpty()) {
            planRound();
        }
        return planned.remove();
    }

    private void planRound() {
        Deque<Target> targets = new ArrayDeque<>(shuffled(List.of(Target.values())));
        for (int size : shuffled(SIZES)) {
            List<Fault> faults = Stream.generate(targets::remove)
                    .limit(size)
                    .map(target -> new Fault(target, kindFor(target)))
                    .toList();
            planned.add(new FaultGroup(faults, between(SHORTEST, LONGEST), between(SHORTEST_PAUSE, LONGEST_PAUSE)));
        }
        round++;
    }

    /** The kind of fault for the component: a different one in each of three rounds. */
    private Fault.Kind kindFor(Target target) {
        return KINDS.get((firstKind.getOrDefault(target, 0) + round) % KINDS.size());
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
    }

    private <T> List<T> shuffled(List<T> items) {
        List<T> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
