package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class Argon2Test {

    @Test
    void costsWhatTheHashSaysThatItCost() {
        Argon2 cost = new Argon2(16, 32, 1, 19456, 2);

        String hash = String.valueOf(cost.encoder().encode("correct horse 42"));

        assertThat(Argon2.of(hash)).isEqualTo(cost);
    }

    @Test
    void isNoOtherHash() {
        assertThatExceptionOfType(BenchFailed.class).isThrownBy(() -> Argon2.of("$2a$10$abcdefghijklmnopqrstuv"));
    }
}
