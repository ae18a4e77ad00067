package dev.herald.chaos;

import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Compares the ledger with the databases. */
record StoredWrites(Claims claims, Evidence evidence) {

    /** The acknowledged writes which the databases do not know, or no longer. */
    List<String> lost() {
        Collection<List<Claims.Claim>> perAggregate =
                claims.stored().collect(groupingBy(Claims.Claim::id)).values();
        return Stream.concat(
                        perAggregate.stream()
                                .map(writes -> writes.stream()
                                        .max(Comparator.comparingLong(Claims.Claim::version))
                                        .orElseThrow())
                                .filter(this::isLost),
                        claims.deleted().filter(deletion -> !row(deletion).isMissing()))
                .map(Claims.Claim::gist)
                .toList();
    }

    /** The last acknowledged state is the stored one, unless writes came later of which nobody knows. */
    private boolean isLost(Claims.Claim last) {
        Evidence.Row row = row(last);
        if (row.isMissing()) {
            return !claims.explainAbsence(last.id(), last.write().author(), evidence);
        }
        if (row.version() > last.version()) {
            return !claims.doubtful(last.id()).contains(row.mark());
        }
        return row.version() < last.version() || !row.mark().equals(last.write().mark());
    }

    private Evidence.Row row(Claims.Claim claim) {
        return evidence.row(claim.write().subject(), claim.id());
    }
}
