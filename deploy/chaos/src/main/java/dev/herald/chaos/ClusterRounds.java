package dev.herald.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A round injects one fault at a time: first those of a cluster (a broker fails or is cut off from the others, a service is cut off from
 * Kafka, PostgreSQL or Redis fails over), then those of its other processes. The kinds and the instances change with the rounds.
 */
final class ClusterRounds implements Schedule.Rounds {

    private static final List<Fault> FAIL_OVERS = Stream.of("postgres", "redis")
            .map(Target::new)
            .map(server -> new Fault(server, Fault.Kind.FAIL_OVER))
            .toList();

    private static final List<Target> OTHERS = Stream.concat(
                    Target.INSTANCES.stream(), Stream.of("smtp", "gateway").map(Target::new))
            .toList();

    private final Random random;
    private int round;

    ClusterRounds(Random random) {
        this.random = random;
    }

    @Override
    public List<Target> targets() {
        return Stream.of(FAIL_OVERS.stream().map(Fault::target), Target.BROKERS.stream(), OTHERS.stream())
                .flatMap(target -> target)
                .toList();
    }

    @Override
    public List<List<Fault>> next() {
        List<Fault> ofCluster = new ArrayList<>(FAIL_OVERS);
        ofCluster.addAll(processFaults(Target.BROKERS));
        Stream.concat(Target.BROKERS.stream(), oneInstanceOfEachService().stream())
                .map(target -> new Fault(target, Fault.Kind.CUT_OFF))
                .forEach(ofCluster::add);
        List<Fault> ofProcesses = processFaults(OTHERS);
        round++;
        return Stream.of(ofCluster, ofProcesses)
                .flatMap(faults -> Schedule.shuffled(faults, random).stream())
                .map(List::of)
                .toList();
    }

    private List<Fault> processFaults(List<Target> targets) {
        List<Fault.Kind> kinds = Fault.Kind.OF_A_PROCESS;
        return IntStream.range(0, targets.size())
                .mapToObj(index -> new Fault(targets.get(index), kinds.get((index + round) % kinds.size())))
                .toList();
    }

    private List<Target> oneInstanceOfEachService() {
        List<Target> instances = Target.INSTANCES;
        return IntStream.range(0, instances.size())
                .filter(index -> (index + round) % 2 == 0)
                .mapToObj(instances::get)
                .toList();
    }
}
