package dev.herald.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class HashingCostTest {

    @Test
    void costsWhatTheHashSaysThatItCost() {
        HashingCost cost = new HashingCost(16, 32, 1, 19456, 2);

        String hash = cost.hash(cost.library(), "correct horse 42");

        assertThat(HashingCost.of(hash)).isEqualTo(cost);
    }

    @Test
    void isNoOtherHash() {
        assertThatExceptionOfType(BenchFailed.class).isThrownBy(() -> HashingCost.of("$2a$10$abcdefghijklmnopqrstuv"));
    }
}
