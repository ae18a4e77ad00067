package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScenarioTest {

    @Test
    void hasANameOfItsOwn() {
        assertThat(Scenario.names())
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z]+(-[a-z]+)*"))
                .allSatisfy(name -> assertThat(Scenario.named(name).name()).isEqualTo(name));
    }
}
