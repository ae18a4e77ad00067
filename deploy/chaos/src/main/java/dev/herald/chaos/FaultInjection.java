package dev.herald.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A group of faults with the time from its first injection to its last repair. */
record FaultInjection(FaultGroup group, Instant begin, Instant end) {

    /** Requests that began before or during a fault may end this much later. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** The components between the acceptance of an email and its record in the database. */
    private static final Set<Target> EMAIL_PATH = Set.of(Target.NOTIFICATION_SERVICE, Target.SMTP, Target.POSTGRES);

    /** Whether the email may have been accepted without being recorded as sent. */
    boolean mayHaveInterrupted(Evidence.Email mail) {
        return group.faults().stream().map(Fault::target).anyMatch(EMAIL_PATH::contains)
                && mail.at().isAfter(begin.minus(MARGIN))
                && mail.at().isBefore(end.plus(MARGIN));
    }
}
