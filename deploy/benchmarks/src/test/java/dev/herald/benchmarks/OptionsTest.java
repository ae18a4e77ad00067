package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void askForEverythingUnlessTheySayOtherwise() {
        assertThat(Options.of()).isEqualTo(new Options(Scenario.ALL, Timing.USUAL, false));
    }

    @Test
    void nameScenariosInTheOrderInWhichTheyAreToRun() {
        Options options =
                Options.of("register", "--rounds", "5", "login", "--keep-rows", "register", "--seconds", "20");

        assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("register", "login");
        assertThat(options.timing().rounds()).isEqualTo(5);
        assertThat(options.timing().measured()).hasSeconds(20);
        assertThat(options.keepRows()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"regist", "--quick", "--rounds", "--rounds 0", "--rounds 100", "--seconds -1", "--seconds ten"})
    void areRefusedInOneSentence(String line) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Options.of(line.split(" ", -1)))
                .withMessageMatching("[A-Z-].+\\.");
    }
}
