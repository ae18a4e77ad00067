package dev.herald.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void areTakenInAnyOrder() {
        Arguments arguments = new Arguments("up", "--no-demo", "--detach");

        assertThat(arguments.next("command")).isEqualTo("up");
        assertThat(arguments.has("--detach")).isTrue();
        assertThat(arguments.has("--no-demo")).isTrue();
        assertThat(arguments.has("-f")).isFalse();
        arguments.end();
    }

    @Test
    void mustAllBeUnderstood() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> new Arguments("--detatch").end())
                .withMessageContaining("--detatch");
    }

    @Test
    void mustNotEndTooSoon() {
        assertThatExceptionOfType(BadUsage.class)
                .isThrownBy(() -> new Arguments().next("component to stop"))
                .withMessageContaining("component to stop");
    }
}
