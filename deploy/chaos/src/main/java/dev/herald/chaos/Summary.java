package dev.herald.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Further figures of the run, which are printed below the invariants. */
record Summary(Ledger ledger, Evidence evidence, long skipped, Duration silence) {

    List<String> lines() {
        PublishedEvents events = new PublishedEvents(new WriteOutcomes(ledger.entries()), evidence);
        List<String> lines = new ArrayList<>(List.of(
                row("writes acknowledged", ledger.count(Outcome.Acknowledged.class)),
                row("writes refused", ledger.count(Outcome.Refused.class)),
                row("writes not delivered", ledger.count(Outcome.Undelivered.class)),
                row("writes of unknown outcome", ledger.count(Outcome.Unknown.class)),
                row("writes not begun", skipped),
                row("events published", events.count()),
                row("events repeated", events.repeats()),
                row("emails accepted", evidence.mails().size()),
                row("emails repeated in flight", new DeliveredEmails(evidence).repeats())));
        for (Fault.Kind kind : Fault.Kind.values()) {
            if (count(kind) > 0) {
                lines.add(row("faults: " + kind, count(kind)));
            }
        }
        lines.add(row("longest silence, seconds", silence.toSeconds()));
        return lines;
    }

    private long count(Fault.Kind kind) {
        return evidence.injections().stream()
                .flatMap(injection -> injection.group().faults().stream())
                .filter(fault -> fault.kind() == kind)
                .count();
    }

    static String row(String text, long count) {
        return "  %-28s %7d".formatted(text, count);
    }
}
