package dev.herald.chaos;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What follows from the ledger. */
final class Claims {

    private final List<Ledger.Entry> entries;
    private final Set<String> maybeDeleted;

    Claims(List<Ledger.Entry> entries) {
        this.entries = entries;
        this.maybeDeleted = entries.stream()
                .filter(entry -> entry.write().action() == Write.Action.DELETE)
                .filter(entry ->
                        entry.outcome() instanceof Outcome.Acknowledged || entry.outcome() instanceof Outcome.Unknown)
                .map(entry -> entry.write().id())
                .collect(toSet());
    }

    /** A write that is stored, if the answer was true. */
    record Claim(Write write, String id, long version) {

        /** In short. */
        String gist() {
            return "%s %s \"%s\", version %d".formatted(write.action(), id, write.mark(), version);
        }
    }

    long count() {
        return acknowledged().count();
    }

    /** What was created or changed, for certain. */
    Stream<Claim> stored() {
        return acknowledged().filter(claim -> claim.write().action() != Write.Action.DELETE);
    }

    /** What was deleted, for certain. */
    Stream<Claim> deleted() {
        return acknowledged().filter(claim -> claim.write().action() == Write.Action.DELETE);
    }

    /** Whether something may be missing: somebody has at least tried to delete it, or its author, who is then missing too. */
    boolean explainAbsence(String id, String author, Evidence evidence) {
        boolean withItsAuthor = maybeDeleted.contains(author)
                && evidence.row(Write.Subject.USER, author).isMissing();
        return maybeDeleted.contains(id) || withItsAuthor;
    }

    /** What the changes say that may have been made at any time. */
    Set<String> doubtful(String id) {
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

    /** What is said nowhere. */
    Set<String> refused() {
        return entries.stream()
                .filter(entry ->
                        entry.outcome() instanceof Outcome.Refused || entry.outcome() instanceof Outcome.Undelivered)
                .map(Ledger.Entry::write)
                .filter(write -> write.action() != Write.Action.DELETE)
                .map(Write::mark)
                .collect(toSet());
    }

    private Stream<Claim> acknowledged() {
        return entries.stream().mapMulti((entry, claims) -> {
            if (entry.outcome() instanceof Outcome.Acknowledged stored) {
                claims.accept(new Claim(entry.write(), stored.id(), stored.version()));
            }
        });
    }
}
