package dev.herald.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A round injects each fault once, one at a time. A component is killed, paused or restarted in turn with the rounds; brokers are cut off
 * from each other and services from Kafka, and PostgreSQL and Redis fail over, in every round.
 */
final class ClusterRounds implements Schedule.Rounds {

    private static final List<Fault> FAIL_OVERS = Stream.of("postgres", "redis")
            .map(Target::new)
            .map(server -> new Fault(server, Fault.Kind.FAIL_OVER))
            .toList();

    private final Random random;
    private int round;

    ClusterRounds(Random random) {
        this.random = random;
    }

    @Override
    public List<Target> targets() {
        return Stream.of(FAIL_OVERS.stream().map(Fault::target), processes().stream())
                .flatMap(target -> target)
                .toList();
    }

    private static List<Target> processes() {
        return Stream.of(Target.BROKERS, Target.INSTANCES, List.of(new Target("smtp"), new Target("gateway")))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<List<Fault>> next() {
        List<Fault> faults = new ArrayList<>(FAIL_OVERS);
        List<Target> processes = processes();
        for (int index = 0; index < processes.size(); index++) {
            List<Fault.Kind> kinds = Fault.Kind.OF_A_PROCESS;
            faults.add(new Fault(processes.get(index), kinds.get((index + round) % kinds.size())));
        }
        Stream.concat(Target.BROKERS.stream(), Target.INSTANCES.stream())
                .map(target -> new Fault(target, Fault.Kind.CUT_OFF))
                .forEach(faults::add);
        round++;
        return Schedule.shuffled(faults, random).stream().map(List::of).toList();
    }
}
