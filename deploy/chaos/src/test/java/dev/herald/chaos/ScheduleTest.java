package dev.herald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final int ROUND = 5;
    private static final int ROUNDS_FOR_ALL = 3;

    @Test
    void followsFromItsSeed() {
        assertThat(groups(1, 100)).isEqualTo(groups(1, 100)).isNotEqualTo(groups(2, 100));
    }

    @Test
    void isTheSameOnEveryMachine() {
        assertThat(groups(1, 2))
                .extracting(FaultGroup::toString)
                .containsExactly("kill redis, for 4.3 s", "pause notification-service, for 10.5 s");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 999_999_999})
    void reachesEveryComponentWithEveryKindInItsFirstRound(long seed) {
        List<Fault> faults = faults(groups(seed, ROUND));

        assertThat(faults).extracting(Fault::target).containsExactlyInAnyOrderElementsOf(Target.OF_A_SUITE);
        assertThat(faults).extracting(Fault::kind).containsAll(Fault.Kind.OF_A_PROCESS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 999_999_999})
    void injectsEveryKindIntoEveryComponentInThreeRounds(long seed) {
        List<Fault> faults = faults(groups(seed, ROUND * ROUNDS_FOR_ALL));

        Set<Fault> all = Target.OF_A_SUITE.stream()
                .flatMap(target -> Fault.Kind.OF_A_PROCESS.stream().map(kind -> new Fault(target, kind)))
                .collect(Collectors.toSet());
        assertThat(faults).hasSameSizeAs(all).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void reachesComponentsAloneAndInPairs() {
        assertThat(groups(1, ROUND)).extracting(group -> group.faults().size()).containsOnly(1, 2);
    }

    @Test
    void joinsComponentsDifferentlyInEveryRound() {
        Set<Set<Target>> pairs = new HashSet<>();
        for (FaultGroup group : groups(1, 100)) {
            if (group.faults().size() == 2) {
                pairs.add(group.faults().stream().map(Fault::target).collect(Collectors.toSet()));
            }
        }
        assertThat(pairs).hasSizeGreaterThan(15).allMatch(pair -> pair.size() == 2);
    }

    @Test
    void keepsItsTimes() {
        assertThat(groups(1, 100))
                .allSatisfy(
                        group -> assertThat(group.duration()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(12)))
                .allSatisfy(group -> assertThat(group.pause()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void beginsARoundOfAClusterWithItsOwnFaults(long seed) {
        List<Fault> faults =
                faults(Stream.generate(Schedule.ofCluster(seed)::next).limit(11).toList());

        assertThat(faults).doesNotHaveDuplicates();
        assertThat(targets(faults, Fault.Kind.FAIL_OVER)).containsExactlyInAnyOrder("postgres", "redis");
        assertThat(targets(faults, Fault.Kind.CUT_OFF))
                .containsExactlyInAnyOrder(
                        "kafka-1", "kafka-2", "kafka-3", "user-service", "post-service", "notification-service");
        assertThat(faults)
                .filteredOn(fault -> Fault.Kind.OF_A_PROCESS.contains(fault.kind()))
                .extracting(Fault::target)
                .containsExactlyInAnyOrderElementsOf(Target.BROKERS);
    }

    @Test
    void reachesEveryComponentOfAClusterInARound() {
        Schedule schedule = Schedule.ofCluster(1);
        List<Fault> round = faults(Stream.generate(schedule::next).limit(19).toList());

        assertThat(round).doesNotHaveDuplicates();
        assertThat(round).extracting(Fault::target).containsAll(schedule.targets());
    }

    private static List<String> targets(List<Fault> faults, Fault.Kind kind) {
        return faults.stream()
                .filter(fault -> fault.kind() == kind)
                .map(fault -> fault.target().component())
                .toList();
    }

    private static List<FaultGroup> groups(long seed, int count) {
        Schedule schedule = Schedule.ofSuite(seed);
        return IntStream.range(0, count).mapToObj(index -> schedule.next()).toList();
    }

    private static List<Fault> faults(List<FaultGroup> groups) {
        return groups.stream().flatMap(group -> group.faults().stream()).toList();
    }
}
