package dev.herald.chaos;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Compares the topics with the databases and the ledger. */
final class PublishedEvents {

    private final Claims claims;
    private final Evidence evidence;

    /** Each aggregate's events in their order, without repeats. */
    private final Map<String, List<Evidence.Event>> perAggregate;

    PublishedEvents(Claims claims, Evidence evidence) {
        this.claims = claims;
        this.evidence = evidence;
        Collection<Evidence.Event> distinct = evidence.events().stream()
                .collect(toMap(Evidence.Event::id, identity(), (first, repeat) -> first, LinkedHashMap::new))
                .values();
        this.perAggregate = distinct.stream().collect(groupingBy(Evidence.Event::aggregate));
    }

    /** How many there are, without repeats. */
    int count() {
        return perAggregate.values().stream().mapToInt(List::size).sum();
    }

    int repeats() {
        return evidence.events().size() - count();
    }

    /** Every version that a database has come to has its event, and so has every acknowledged write, with what it said. */
    List<String> lost() {
        Stream<String> ofRows = Stream.of(Write.Subject.values())
                .flatMap(subject -> evidence.rows(subject).values().stream())
                .flatMap(row -> missing(row.id(), row.version()));
        Stream<String> ofTheDeleted = perAggregate.values().stream()
                .map(List::getLast)
                .filter(Evidence.Event::isDeletion)
                .flatMap(deletion -> missing(deletion.aggregate(), deletion.version()));
        Stream<String> ofWrites = claims.stored()
                .filter(claim -> events(claim.id()).stream()
                        .noneMatch(event -> event.version() == claim.version()
                                && event.mark().equals(claim.write().mark())))
                .map(claim -> "%s, version %d".formatted(claim.id(), claim.version()));
        Stream<String> ofDeletions = claims.deleted()
                .filter(claim -> events(claim.id()).stream().noneMatch(Evidence.Event::isDeletion))
                .map(claim -> claim.id() + ", its deletion");
        return Stream.of(ofRows, ofTheDeleted, ofWrites, ofDeletions)
                .flatMap(identity())
                .distinct()
                .toList();
    }

    private Stream<String> missing(String aggregate, long lastVersion) {
        Set<Long> told = events(aggregate).stream().map(Evidence.Event::version).collect(Collectors.toSet());
        return LongStream.rangeClosed(0, lastVersion)
                .filter(version -> !told.contains(version))
                .mapToObj(version -> "%s, version %d".formatted(aggregate, version));
    }

    /** Those which tell what no database has come to, or what was refused. */
    List<String> withoutWrite() {
        Set<String> refused = claims.refused();
        return perAggregate.values().stream()
                .flatMap(List::stream)
                .filter(event -> refused.contains(event.mark()) || !isBornOut(event))
                .map(Evidence.Event::gist)
                .toList();
    }

    private boolean isBornOut(Evidence.Event event) {
        Evidence.Row row = evidence.row(event.subject(), event.aggregate());
        if (row.isMissing()) {
            return events(event.aggregate()).getLast().isDeletion()
                    && claims.explainAbsence(event.aggregate(), event.author(), evidence);
        }
        return event.version() < row.version()
                || (event.version() == row.version() && event.mark().equals(row.mark()));
    }

    /** Those whose version is not above that of the one before. */
    List<String> outOfOrder() {
        return perAggregate.values().stream()
                .flatMap(events -> LongStream.range(1, events.size())
                        .mapToObj(Math::toIntExact)
                        .filter(index -> events.get(index).version()
                                <= events.get(index - 1).version())
                        .map(events::get))
                .map(Evidence.Event::gist)
                .toList();
    }

    private List<Evidence.Event> events(String aggregate) {
        return perAggregate.getOrDefault(aggregate, List.of());
    }
}
