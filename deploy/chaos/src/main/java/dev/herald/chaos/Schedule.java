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
 * Strikes without end, which follow from the seed alone. Every five of them, a round, reach each component once, alone or in a
 * pair, with all kinds of faults; three rounds do everything to every component.
 */
final class Schedule {

    private static final List<Fault.Kind> KINDS = List.of(Fault.Kind.values());

    /** How many components each strike of a round reaches. */
    private static final List<Integer> SIZES = List.of(1, 1, 2, 2, 2);

    /** Some are over before anyone's patience ends, some outlast the relay's session (5 s) and a consumer's (10 s). */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final Duration LEAST_CALM = Duration.ofSeconds(2);
    private static final Duration MOST_CALM = Duration.ofSeconds(6);

    private final RandomGenerator random;
    private final Map<Victim, Integer> firstKind = new EnumMap<>(Victim.class);
    private final Deque<Strike> dealt = new ArrayDeque<>();
    private int round;

    Schedule(long seed) {
        // The one generator whose numbers are specified, hence the same on every JDK.
        random = new Random(seed);
        shuffled(List.of(Victim.values())).forEach(victim -> firstKind.put(victim, firstKind.size()));
    }

    Strike next() {
        if (dealt.isEmpty()) {
            deal();
        }
        return dealt.remove();
    }

    private void deal() {
        Deque<Victim> victims = new ArrayDeque<>(shuffled(List.of(Victim.values())));
        for (int size : shuffled(SIZES)) {
            List<Fault> faults = Stream.generate(victims::remove)
                    .limit(size)
                    .map(victim -> new Fault(victim, kindFor(victim)))
                    .toList();
            dealt.add(new Strike(faults, between(SHORTEST, LONGEST), between(LEAST_CALM, MOST_CALM)));
        }
        round++;
    }

    /** Another one in each of three rounds. */
    private Fault.Kind kindFor(Victim victim) {
        return KINDS.get((firstKind.getOrDefault(victim, 0) + round) % KINDS.size());
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
