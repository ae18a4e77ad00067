package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScenariosTest {

    @Test
    void haveNamesOfTheirOwn() {
        assertThat(Scenarios.names())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+(-[a-z]+)*"))
                .allSatisfy(name -> assertThat(Scenarios.named(name).name()).isEqualTo(name));
    }
}
