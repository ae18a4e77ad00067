package dev.herald.platform.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far back the inbox can tell whether an event was handled.
 *
 * @param effectsSince what it cannot tell of earlier events, because it lost its rows; see {@link InboxSettings}
 */
record InboxMemory(Clock clock, @Nullable Instant effectsSince) {

    private static final Duration SPAN = Duration.ofDays(30);

    /** By so much the producer's clock may be ahead of this one. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    /** How long a row of {@code processed_event} lives: as long as its event, handled at once, can be taken for a recent one. */
    static final Duration RETENTION = SPAN.plus(CLOCK_SKEW);

    boolean covers(Instant eventTime) {
        return eventTime.isAfter(clock.instant().minus(SPAN))
                && (effectsSince == null || !eventTime.isBefore(effectsSince));
    }

    /** Nothing can have happened then. */
    boolean isFuture(Instant eventTime) {
        return eventTime.isAfter(clock.instant().plus(CLOCK_SKEW));
    }
}
