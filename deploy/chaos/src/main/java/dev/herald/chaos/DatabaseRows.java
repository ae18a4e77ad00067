package dev.herald.chaos;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Compares the ledger with the databases. */
record DatabaseRows(WriteOutcomes outcomes, Evidence evidence) {

    /** Acknowledged writes that are not in the databases. */
    List<String> lost() {
        Collection<List<WriteOutcomes.AcknowledgedWrite>> perAggregate = outcomes.stored()
                .collect(groupingBy(WriteOutcomes.AcknowledgedWrite::id))
                .values();
        return Stream.concat(
                        perAggregate.stream()
                                .map(writes -> writes.stream()
                                        .max(Comparator.comparingLong(WriteOutcomes.AcknowledgedWrite::version))
                                        .orElseThrow())
                                .filter(this::isLost),
                        outcomes.deleted().filter(deletion -> !row(deletion).isMissing()))
                .map(WriteOutcomes.AcknowledgedWrite::summary)
                .toList();
    }

    /** Whether the last acknowledged version is not stored. A higher version is allowed if a write of unknown outcome explains it. */
    private boolean isLost(WriteOutcomes.AcknowledgedWrite last) {
        Evidence.Row row = row(last);
        if (row.isMissing()) {
            return !outcomes.mayBeDeleted(last.id(), last.write().author(), evidence);
        }
        if (row.version() > last.version()) {
            return !outcomes.uncertain(last.id()).contains(row.mark());
        }
        return row.version() < last.version() || !row.mark().equals(last.write().mark());
    }

    private Evidence.Row row(WriteOutcomes.AcknowledgedWrite write) {
        return evidence.row(write.write().subject(), write.id());
    }
}
