package dev.herald.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.herald.local.suite.BadUsage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @EnumSource
    void isOneLineAndAPage(Usage usage) {
        assertThat(usage.line()).startsWith("Usage: ./herald " + usage.word()).doesNotContain("\n");
        assertThat(usage.page()).startsWith(usage.line()).endsWith("\n");
        assertThat(Usage.overview()).contains("  " + usage.word() + " ");
        assertThat(Usage.of(List.of(usage.word()))).isEqualTo(usage);
    }

    @ParameterizedTest
    @EnumSource
    void isShownByEachCommandWhateverElseIsTyped(Usage usage) {
        assertThat(Usage.normalised(List.of(usage.word(), "x", "--help")))
                .startsWith("help")
                .hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"hepl,help", "stauts,status", "dwon,down", "lgos,logs", "dead,deadletters", "restrat,restart", "UP,up"})
    void findsTheCommandThatWasMeant(String typed, String meant) {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Usage.of(List.of(typed)))
                .withMessage("There is no command \"%s\". Did you mean %s?", typed, meant);
    }

    @Test
    void guessesNothingThatIsFar() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Usage.of(List.of("kubernetes")))
                .withMessage("There is no command \"kubernetes\".");
    }

    @Test
    void findsTheOptionThatWasMeant() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Arguments.of(Usage.UP, List.of("--detatch")))
                .withMessage("up has no option \"--detatch\". Did you mean --detach?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up now",
                "down --force",
                "status now",
                "info all",
                "demo 2",
                "logs --since",
                "trace",
                "trace a b",
                "start",
                "stop a b",
                "restart --all",
                "scale post-service",
                "scale post-service 2 3",
                "replay",
                "deadletters --reason",
                "bench --rounds",
                "chaos 5",
                "chaos --seed",
                "images --base",
                "reset --yes",
                "version x",
                "jdk x",
                "help up down"
            })
    void refusesWhatASynopsisDoesNotHave(String line) {
        List<String> words = List.of(line.split(" ", -1));

        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> Arguments.of(Usage.of(words), words.subList(1, words.size())))
                .satisfies(bad -> assertThat(bad.getMessage()).endsWith(".").doesNotContain("\n"));
        assertThat(Usage.lineFor(words)).startsWith("Usage: ./herald " + words.getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up --no-demo --detach --observe",
                "status --json",
                "logs",
                "logs gateway user-service -f --errors --since 10m --grep a.*b",
                "trace 0af7651916cd43dd8448eb211c80319c",
                "scale post-service 2",
                "deadletters post-service discard all --reason test",
                "bench read-user login --rounds 2 --seconds 3 --keep-rows",
                "chaos --seed 1 --minutes 2",
                "images gateway --base herald/base --repository ghcr.io/you --small",
                "images --platform linux/arm64",
                "help",
                "help up"
            })
    void acceptsWhatASynopsisHas(String line) {
        List<String> words = List.of(line.split(" ", -1));

        assertThatCode(() -> Arguments.of(Usage.of(words), words.subList(1, words.size())))
                .doesNotThrowAnyException();
    }

    @Test
    void takesAValueBehindAnEqualsSign() {
        assertThat(Usage.normalised(List.of("logs", "--since=10m", "--grep=a=b", "-f")))
                .containsExactly("logs", "--since", "10m", "--grep", "a=b", "-f");
    }

    @Test
    void hasNoLineThatATerminalWouldBreakTwice() {
        assertThat(Usage.overview().lines().collect(Collectors.toList())).allMatch(line -> line.length() <= 160);
    }
}
