package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table(
            List.of("scenario", "requests/s", ""), List.of(List.of("login", "46.1", "met"), List.of("read", "-", "")));

    @Test
    void alignsNumbersToTheRight() {
        assertThat(table.aligned().lines())
                .containsExactly("  scenario  requests/s", "  login           46.1  met", "  read               -");
    }

    @Test
    void isATableInMarkdownToo() {
        assertThat(table.markdown()).isEqualTo("""
                | scenario | requests/s |  |
                | --- | ---: | --- |
                | login | 46.1 | met |
                | read | - |  |
                """);
    }
}
