package dev.herald.chaos;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The writes of the ledger by their outcome. */
final class WriteOutcomes {

    private final List<Ledger.Entry> entries;
    private final Set<String> maybeDeleted;

    WriteOutcomes(List<Ledger.Entry> entries) {
        this.entries = entries;
        this.maybeDeleted = entries.stream()
                .filter(entry -> entry.write().action() == Write.Action.DELETE)
                .filter(entry ->
                        entry.outcome() instanceof Outcome.Acknowledged || entry.outcome() instanceof Outcome.Unknown)
                .map(entry -> entry.write().id())
                .collect(toSet());
    }

    /** An acknowledged write, which must be stored. */
    record AcknowledgedWrite(Write write, String id, long version) {

        String summary() {
            return "%s %s \"%s\", version %d".formatted(write.action(), id, write.mark(), version);
        }
    }

    long count() {
        return acknowledged().count();
    }

    Stream<AcknowledgedWrite> stored() {
        return acknowledged().filter(write -> write.write().action() != Write.Action.DELETE);
    }

    Stream<AcknowledgedWrite> deleted() {
        return acknowledged().filter(write -> write.write().action() == Write.Action.DELETE);
    }

    /** Whether a row may be missing, because a client tried to delete it, or tried to delete its author, whose row is missing too. */
    boolean mayBeDeleted(String id, String author, Evidence evidence) {
        boolean withItsAuthor = maybeDeleted.contains(author)
                && evidence.row(Write.Subject.USER, author).isMissing();
        return maybeDeleted.contains(id) || withItsAuthor;
    }

    /** The marks of changes that may have been stored at any time: the outcome of at least one attempt is unknown. */
    Set<String> uncertain(String id) {
        return entries.stream()
                .filter(entry -> switch (entry.outcome()) {
                    case Outcome.Unknown unknown -> true;
                    case Outcome.Acknowledged stored -> stored.late();
                    default -> false;
                })
                .map(Ledger.Entry::write)
                .filter(write -> write.id().equals(id))
                .map(Write::mark)
                .collect(toSet());
    }

    /** The marks of writes that must not be stored. */
    Set<String> refused() {
        return entries.stream()
                .filter(entry ->
                        entry.outcome() instanceof Outcome.Refused || entry.outcome() instanceof Outcome.Undelivered)
                .map(Ledger.Entry::write)
                .filter(write -> write.action() != Write.Action.DELETE)
                .map(Write::mark)
                .collect(toSet());
    }

    private Stream<AcknowledgedWrite> acknowledged() {
        return entries.stream().mapMulti((entry, outcomes) -> {
            if (entry.outcome() instanceof Outcome.Acknowledged stored) {
                outcomes.accept(new AcknowledgedWrite(entry.write(), stored.id(), stored.version()));
            }
        });
    }
}
