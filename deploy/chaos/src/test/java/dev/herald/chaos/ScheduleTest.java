package dev.herald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
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

        assertThat(faults).extracting(Fault::target).containsExactlyInAnyOrder(Target.values());
        assertThat(faults).extracting(Fault::kind).contains(Fault.Kind.values());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 999_999_999})
    void injectsEveryKindIntoEveryComponentInThreeRounds(long seed) {
        List<Fault> faults = faults(groups(seed, ROUND * ROUNDS_FOR_ALL));

        Set<Fault> all = Stream.of(Target.values())
                .flatMap(target -> Stream.of(Fault.Kind.values()).map(kind -> new Fault(target, kind)))
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
                pairs.add(group.faults().stream()
                        .map(Fault::target)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Target.class))));
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

    private static List<FaultGroup> groups(long seed, int count) {
        Schedule schedule = new Schedule(seed);
        return IntStream.range(0, count).mapToObj(index -> schedule.next()).toList();
    }

    private static List<Fault> faults(List<FaultGroup> groups) {
        return groups.stream().flatMap(group -> group.faults().stream()).toList();
    }
}
