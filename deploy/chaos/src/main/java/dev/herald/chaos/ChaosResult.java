package dev.herald.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The violations of each invariant. */
public final class ChaosResult {

    private static final int SHOWN = 10;

    private final Map<Invariant, List<String>> violations = new EnumMap<>(Invariant.class);

    private final long acknowledged;

    private ChaosResult(long acknowledged) {
        this.acknowledged = acknowledged;
    }

    static ChaosResult on(List<Ledger.Entry> entries, Evidence evidence, List<String> unfinished) {
        WriteOutcomes outcomes = new WriteOutcomes(entries);
        PublishedEvents events = new PublishedEvents(outcomes, evidence);
        DeliveredEmails emails = new DeliveredEmails(evidence);
        ChaosResult result = new ChaosResult(outcomes.count());
        result.violations.put(Invariant.WRITES_LOST, new DatabaseRows(outcomes, evidence).lost());
        result.violations.put(Invariant.EVENTS_LOST, events.lost());
        result.violations.put(Invariant.EVENTS_WITHOUT_WRITE, events.withoutWrite());
        result.violations.put(Invariant.EVENTS_OUT_OF_ORDER, events.outOfOrder());
        result.violations.put(Invariant.EVENTS_SET_ASIDE, evidence.deadLetters());
        result.violations.put(Invariant.READ_MODEL, evidence.readModelDifferences());
        result.violations.put(Invariant.EMAILS_LOST, emails.lost());
        result.violations.put(Invariant.EMAILS_DOUBLED, emails.doubled());
        result.violations.put(Invariant.UNFINISHED, unfinished);
        return result;
    }

    List<String> violations(Invariant invariant) {
        return violations.getOrDefault(invariant, List.of());
    }

    public long acknowledged() {
        return acknowledged;
    }

    public boolean isClean() {
        return violations.values().stream().allMatch(List::isEmpty);
    }

    /** A table with the number of violations of each invariant, and below it the first ten of each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        violations.forEach((invariant, violation) -> lines.add(Summary.row(invariant.text(), violation.size())));
        violations.forEach((invariant, violation) -> {
            if (!violation.isEmpty()) {
                lines.add("");
                lines.add("  %s, the first of %d:".formatted(invariant.text(), violation.size()));
                violation.stream().limit(SHOWN).map("    "::concat).forEach(lines::add);
            }
        });
        return lines;
    }
}
