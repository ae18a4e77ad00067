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

/** Compares the events on the topics with the rows in the databases and with the ledger. */
final class PublishedEvents {

    private final WriteOutcomes outcomes;
    private final Evidence evidence;

    /** The events of each aggregate in order, without repeats. */
    private final Map<String, List<Evidence.Event>> perAggregate;

    PublishedEvents(WriteOutcomes outcomes, Evidence evidence) {
        this.outcomes = outcomes;
        this.evidence = evidence;
        Collection<Evidence.Event> distinct = evidence.events().stream()
                .collect(toMap(Evidence.Event::id, identity(), (first, repeat) -> first, LinkedHashMap::new))
                .values();
        this.perAggregate = distinct.stream().collect(groupingBy(Evidence.Event::aggregate));
    }

    int count() {
        return perAggregate.values().stream().mapToInt(List::size).sum();
    }

    int repeats() {
        return evidence.events().size() - count();
    }

    /** Versions in a database and acknowledged writes without an event of the same content. */
    List<String> lost() {
        Stream<String> ofRows = Stream.of(Write.Subject.values())
                .flatMap(subject -> evidence.rows(subject).values().stream())
                .flatMap(row -> missing(row.id(), row.version()));
        Stream<String> ofTheDeleted = perAggregate.values().stream()
                .map(List::getLast)
                .filter(Evidence.Event::isDeletion)
                .flatMap(deletion -> missing(deletion.aggregate(), deletion.version()));
        Stream<String> ofWrites = outcomes.stored()
                .filter(write -> events(write.id()).stream()
                        .noneMatch(event -> event.version() == write.version()
                                && event.mark().equals(write.write().mark())))
                .map(write -> "%s, version %d".formatted(write.id(), write.version()));
        Stream<String> ofDeletions = outcomes.deleted()
                .filter(write -> events(write.id()).stream().noneMatch(Evidence.Event::isDeletion))
                .map(write -> write.id() + ", its deletion");
        return Stream.of(ofRows, ofTheDeleted, ofWrites, ofDeletions)
                .flatMap(identity())
                .distinct()
                .toList();
    }

    private Stream<String> missing(String aggregate, long lastVersion) {
        Set<Long> published =
                events(aggregate).stream().map(Evidence.Event::version).collect(Collectors.toSet());
        return LongStream.rangeClosed(0, lastVersion)
                .filter(version -> !published.contains(version))
                .mapToObj(version -> "%s, version %d".formatted(aggregate, version));
    }

    /** Events of a refused write, or of a version that no database has. */
    List<String> withoutWrite() {
        Set<String> refused = outcomes.refused();
        return perAggregate.values().stream()
                .flatMap(List::stream)
                .filter(event -> refused.contains(event.mark()) || !matchesAWrite(event))
                .map(Evidence.Event::summary)
                .toList();
    }

    private boolean matchesAWrite(Evidence.Event event) {
        Evidence.Row row = evidence.row(event.subject(), event.aggregate());
        if (row.isMissing()) {
            return events(event.aggregate()).getLast().isDeletion()
                    && outcomes.mayBeDeleted(event.aggregate(), event.author(), evidence);
        }
        return event.version() < row.version()
                || (event.version() == row.version() && event.mark().equals(row.mark()));
    }

    /** Events whose version is not higher than that of the previous event. */
    List<String> outOfOrder() {
        return perAggregate.values().stream()
                .flatMap(events -> LongStream.range(1, events.size())
                        .mapToObj(Math::toIntExact)
                        .filter(index -> events.get(index).version()
                                <= events.get(index - 1).version())
                        .map(events::get))
                .map(Evidence.Event::summary)
                .toList();
    }

    private List<Evidence.Event> events(String aggregate) {
        return perAggregate.getOrDefault(aggregate, List.of());
    }
}
