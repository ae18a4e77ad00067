package dev.herald.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A strike that was dealt, from its first fault until everything was repaired. */
record Blow(Strike strike, Instant begin, Instant end) {

    /** By so much what was begun before or during a strike outlasts it. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** SMTP takes an email, notification-service hears of it, PostgreSQL remembers it. */
    private static final Set<Victim> WAY_OF_AN_EMAIL =
            Set.of(Victim.NOTIFICATION_SERVICE, Victim.SMTP, Victim.POSTGRES);

    /** Whether it may have come between the email's acceptance and the memory of it. */
    boolean mayHaveCutOff(Mail mail) {
        return strike.faults().stream().map(Fault::victim).anyMatch(WAY_OF_AN_EMAIL::contains)
                && mail.at().isAfter(begin.minus(MARGIN))
                && mail.at().isBefore(end.plus(MARGIN));
    }
}
