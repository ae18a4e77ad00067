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
        assertThat(strikes(1, 100)).isEqualTo(strikes(1, 100)).isNotEqualTo(strikes(2, 100));
    }

    @Test
    void isTheSameOnEveryMachine() {
        assertThat(strikes(1, 2))
                .extracting(Strike::toString)
                .containsExactly("kill redis, for 4.3 s", "pause notification-service, for 10.5 s");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 999_999_999})
    void reachesEveryComponentWithEveryKindInItsFirstRound(long seed) {
        List<Fault> faults = faults(strikes(seed, ROUND));

        assertThat(faults).extracting(Fault::victim).containsExactlyInAnyOrder(Victim.values());
        assertThat(faults).extracting(Fault::kind).contains(Fault.Kind.values());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 999_999_999})
    void doesEverythingToEveryComponentInThreeRounds(long seed) {
        List<Fault> faults = faults(strikes(seed, ROUND * ROUNDS_FOR_ALL));

        Set<Fault> all = Stream.of(Victim.values())
                .flatMap(victim -> Stream.of(Fault.Kind.values()).map(kind -> new Fault(victim, kind)))
                .collect(Collectors.toSet());
        assertThat(faults).hasSameSizeAs(all).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void strikesAloneAndInPairs() {
        assertThat(strikes(1, ROUND))
                .extracting(strike -> strike.faults().size())
                .containsOnly(1, 2);
    }

    @Test
    void joinsComponentsDifferentlyInEveryRound() {
        Set<Set<Victim>> pairs = new HashSet<>();
        for (Strike strike : strikes(1, 100)) {
            if (strike.faults().size() == 2) {
                pairs.add(strike.faults().stream()
                        .map(Fault::victim)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Victim.class))));
            }
        }
        assertThat(pairs).hasSizeGreaterThan(15).allMatch(pair -> pair.size() == 2);
    }

    @Test
    void keepsItsTimes() {
        assertThat(strikes(1, 100))
                .allSatisfy(
                        strike -> assertThat(strike.lasts()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(12)))
                .allSatisfy(
                        strike -> assertThat(strike.calm()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6)));
    }

    private static List<Strike> strikes(long seed, int count) {
        Schedule schedule = new Schedule(seed);
        return IntStream.range(0, count).mapToObj(index -> schedule.next()).toList();
    }

    private static List<Fault> faults(List<Strike> strikes) {
        return strikes.stream().flatMap(strike -> strike.faults().stream()).toList();
    }
}
