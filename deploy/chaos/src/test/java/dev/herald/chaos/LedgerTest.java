package dev.herald.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.herald.chaos.Outcome.Acknowledged;
import dev.herald.chaos.Outcome.Refused;
import dev.herald.chaos.Outcome.Undelivered;
import dev.herald.chaos.Outcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final Instant BEGIN = Instant.parse("2026-01-05T09:30:00Z");

    private final Ledger ledger = new Ledger();

    @Test
    void knowsTheLongestTimeWithoutAnAcknowledgement() {
        note(new Acknowledged("a", 0), 2);
        note(new Refused("409"), 5);
        note(new Acknowledged("b", 0), 9);

        assertThat(ledger.longestSilence(BEGIN, BEGIN.plusSeconds(10))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void countsTheTimeBeforeTheFirstAndAfterTheLast() {
        note(new Acknowledged("a", 0), 4);

        assertThat(ledger.longestSilence(BEGIN, BEGIN.plusSeconds(10))).isEqualTo(Duration.ofSeconds(6));
        assertThat(ledger.longestSilence(BEGIN, BEGIN.plusSeconds(5))).isEqualTo(Duration.ofSeconds(4));
    }

    private void note(Outcome outcome, int second) {
        ledger.enter(Write.register("somebody"), outcome, BEGIN.plusSeconds(second));
    }

    @Nested
    class OfARepeatedWrite {

        private final Outcome unknown = new Unknown("no answer");

        @Test
        void isAcknowledgedByWhicheverAnswer() {
            assertThat(unknown.then(new Acknowledged("a", 3))).isEqualTo(new Acknowledged("a", 3, true));
            assertThat(new Undelivered().then(new Acknowledged("a", 3))).isEqualTo(new Acknowledged("a", 3));
        }

        @Test
        void staysUnknownWhenOnlyTheRepetitionIsRefused() {
            assertThat(unknown.then(new Refused("404"))).isEqualTo(unknown);
            assertThat(unknown.then(new Undelivered())).isEqualTo(unknown);
        }

        @Test
        void isRefusedWhenTheFirstOneWasNotDelivered() {
            assertThat(new Undelivered().then(new Refused("409"))).isEqualTo(new Refused("409"));
        }
    }
}
