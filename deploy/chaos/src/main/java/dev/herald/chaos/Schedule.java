package dev.herald.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** An endless sequence of fault groups that depends only on the seed. */
public final class Schedule {

    /** Short faults end before all timeouts; long ones exceed the session timeouts of the relay (5 s) and of a consumer (10 s). */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofSeconds(12);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(6);

    private final Random random;
    private final Rounds rounds;
    private final Deque<FaultGroup> planned = new ArrayDeque<>();

    /** Chooses the faults of each round. */
    interface Rounds {

        /** All components that a fault may hit. */
        List<Target> targets();

        /** The faults of the next round, those of each group together. */
        List<List<Fault>> next();
    }

    private Schedule(Random random, Rounds rounds) {
        this.random = random;
        this.rounds = rounds;
    }

    /** Kills, pauses and restarts the components of a suite. */
    public static Schedule ofSuite(long seed) {
        // The Javadoc of Random specifies its algorithm, so a seed gives the same faults on every JDK.
        Random random = new Random(seed);
        return new Schedule(random, new SuiteRounds(random));
    }

    /** The faults of a cluster: some instances fail, and the others continue. */
    public static Schedule ofCluster(long seed) {
        Random random = new Random(seed);
        return new Schedule(random, new ClusterRounds(random));
    }

    List<Target> targets() {
        return rounds.targets();
    }

    FaultGroup next() {
        if (planned.isEmpty()) {
            rounds.next()
                    .forEach(faults -> planned.add(new FaultGroup(
                            faults, between(SHORTEST, LONGEST), between(SHORTEST_PAUSE, LONGEST_PAUSE))));
        }
        return planned.remove();
    }

    private Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis()));
    }

    static <T> List<T> shuffled(List<T> items, Random random) {
        List<T> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
