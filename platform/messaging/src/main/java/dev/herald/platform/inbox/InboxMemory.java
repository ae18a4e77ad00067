package dev.herald.platform.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Knows for which times the inbox has its rows, and so can tell whether an event was handled.
 *
 * @param effectsSince the time before which the inbox has lost its rows; null if it has lost none; see {@link
 *     InboxSettings}
 */
record InboxMemory(Clock clock, @Nullable Instant effectsSince) {

    private static final Duration SPAN = Duration.ofDays(30);

    /** How far the producer's clock may be ahead. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    /** Rows of {@code processed_event} are deleted at this age: {@code SPAN}, plus the time by which a producer's clock may be ahead. */
    static final Duration RETENTION = SPAN.plus(CLOCK_SKEW);

    boolean covers(Instant eventTime) {
        return eventTime.isAfter(clock.instant().minus(SPAN))
                && (effectsSince == null || !eventTime.isBefore(effectsSince));
    }

    boolean isFuture(Instant eventTime) {
        return eventTime.isAfter(clock.instant().plus(CLOCK_SKEW));
    }
}
