package dev.herald.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * The injection of a group of faults.
 *
 * @param begin the time of the first injection
 * @param end the time after the last repair
 */
record FaultInjection(FaultGroup group, Instant begin, Instant end) {

    /**
     * The tolerance around a fault: an email may be accepted shortly before the fault begins, and a delivery may still fail shortly after
     * the fault ends.
     */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** Whether a fault may be the reason that an accepted email was not recorded as sent. */
    boolean mayHaveInterrupted(Evidence.Email mail) {
        return group.faults().stream().map(Fault::target).anyMatch(Target::isOnEmailPath)
                && mail.at().isAfter(begin.minus(MARGIN))
                && mail.at().isBefore(end.plus(MARGIN));
    }
}
