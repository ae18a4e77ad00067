package dev.herald.platform.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class InboxMemoryTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    @Test
    void goesBackThirtyDays() {
        InboxMemory memory = new InboxMemory(clock, null);

        assertThat(memory.covers(NOW)).isTrue();
        assertThat(memory.covers(NOW.minus(Duration.ofDays(30)).plusSeconds(1))).isTrue();
        assertThat(memory.covers(NOW.minus(Duration.ofDays(30)))).isFalse();
    }

    @Test
    void beginsWithTheLossOfTheDatabase() {
        Instant lost = NOW.minus(Duration.ofDays(1));
        InboxMemory memory = new InboxMemory(clock, lost);

        assertThat(memory.covers(lost)).isTrue();
        assertThat(memory.covers(lost.minusMillis(1))).isFalse();
    }

    @Test
    void outlivesEveryEventThatItTakesForRecent() {
        InboxMemory memory = new InboxMemory(clock, null);
        Instant latest = NOW.plus(Duration.ofHours(1));
        assertThat(memory.isFuture(latest)).isFalse();
        assertThat(memory.isFuture(latest.plusMillis(1))).isTrue();

        // The row of an event that is handled now is deleted when the event no longer counts as recent.
        Instant purge = NOW.plus(InboxMemory.RETENTION);
        assertThat(new InboxMemory(Clock.fixed(purge, ZoneOffset.UTC), null).covers(latest))
                .isFalse();
    }
}
