package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.suite.BadUsage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void areTakenInAnyOrder() {
        Arguments arguments = arguments("up --no-demo --detach");

        assertThat(arguments.has("--detach")).isTrue();
        assertThat(arguments.has("--no-demo")).isTrue();
        assertThat(arguments.has("--observe")).isFalse();
        assertThat(arguments.plain()).isEmpty();
        assertThat(arguments.typed()).containsExactly("--no-demo", "--detach");
    }

    @Test
    void mayBeNumbersUpToALimit() {
        assertThat(Arguments.number("number of instances", "6", 6)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-1", "two", "2.5", "99999999999", "٣"})
    void areRefusedAsNumbersOtherwise(String word) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Arguments.number("number of instances", word, 6))
                .withMessage("The number of instances is from 1 to 6, not \"%s\".", word);
    }

    @Test
    void mayBeOptionsWithANumber() {
        Arguments arguments = arguments("chaos --minutes 2");

        assertThat(arguments.number("--minutes", 99, 5)).isEqualTo(2);
        assertThat(arguments.number("--seed", 99, 5)).isEqualTo(5);
        assertThat(arguments.plain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chaos --seed 0", "chaos --seed 100", "chaos --seed --minutes"})
    void areRefusedAsOptionsWithoutOne(String words) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> arguments(words).number("--seed", 99, 5))
                .withMessageStartingWith("The number after --seed is from 1 to 99");
    }

    @Test
    void mustNotEndTooSoon() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> arguments("stop"))
                .withMessage("stop needs <component>.");
    }

    @Test
    void mayHaveSomethingBehindThem() {
        Arguments arguments = Arguments.of(Usage.DEADLETTERS, List.of("post-service", "--reason", "a test", "all"));

        assertThat(arguments.value("--reason")).hasValue("a test");
        assertThat(arguments.plain()).containsExactly("post-service", "all");
        assertThat(arguments("deadletters post-service").value("--reason")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deadletters --reason", "chaos --seed"})
    void mustSaySomethingBehindAnOption(String words) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> arguments(words))
                .withMessageContaining(words.substring(words.indexOf('-')) + " needs <");
    }

    private static Arguments arguments(String line) {
        List<String> words = List.of(line.split(" ", -1));
        return Arguments.of(Usage.of(words), words.subList(1, words.size()));
    }
}
