package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.suite.BadUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void areTakenInAnyOrder() {
        Arguments arguments = new Arguments("up", "--no-demo", "--detach");

        assertThat(arguments.next("command")).isEqualTo("up");
        assertThat(arguments.has("--detach")).isTrue();
        assertThat(arguments.has("--no-demo")).isTrue();
        assertThat(arguments.has("-f")).isFalse();
        assertThat(arguments.rest()).isEmpty();
    }

    @Test
    void mayBeNumbersUpToALimit() {
        assertThat(new Arguments("6").number("number of instances", 6)).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-1", "two", "2.5", "99999999999", "٣"})
    void areRefusedAsNumbersOtherwise(String word) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> new Arguments(word).number("number of instances", 6))
                .withMessage("The number of instances is from 1 to 6, not \"%s\".", word);
    }

    @Test
    void mayBeOptionsWithANumber() {
        Arguments arguments = new Arguments("chaos", "--minutes", "2", "--seed", "17");

        assertThat(arguments.next("command")).isEqualTo("chaos");
        assertThat(arguments.numberAfter("--seed", 99, 5)).isEqualTo(17);
        assertThat(arguments.numberAfter("--minutes", 99, 5)).isEqualTo(2);
        assertThat(arguments.numberAfter("--rounds", 99, 5)).isEqualTo(5);
        assertThat(arguments.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seed", "--seed 0", "--seed 100", "--seed --minutes"})
    void areRefusedAsOptionsWithoutOne(String words) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> new Arguments(words.split(" ", -1)).numberAfter("--seed", 99, 5))
                .withMessageStartingWith("The number after --seed is from 1 to 99");
    }

    @Test
    void mustNotEndTooSoon() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> new Arguments().next("component to stop"))
                .withMessageContaining("component to stop");
    }

    @Test
    void mayHaveSomethingBehindThem() {
        Arguments arguments = new Arguments("post-service", "--reason", "a test", "all");

        assertThat(arguments.valueOf("--reason")).hasValue("a test");
        assertThat(arguments.valueOf("--reason")).isEmpty();
        assertThat(arguments.next("service")).isEqualTo("post-service");
        assertThat(arguments.rest()).containsExactly("all");
        assertThat(arguments.rest()).isEmpty();
    }

    @Test
    void mustSaySomethingBehindAnOption() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> new Arguments("--reason").valueOf("--reason"))
                .withMessageContaining("--reason");
    }
}
