package dev.herald.platform.outbox;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.DomainEvent;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.event.UnreadableEvent;
import dev.herald.platform.topic.TopicReader;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /actuator/republish}, for a database that was restored from a backup. GET lists the events on the topic since
 * a time. POST makes the topic match the database: it publishes the deletion of each aggregate that exists on the topic
 * only, and the present state of each aggregate in the database.
 */
@Endpoint(id = "republish")
record RepublishEndpoint(
        String topic,
        Supplier<TopicReader> readers,
        PublishedAggregates aggregates,
        ApplicationEventPublisher events,
        TransactionOperations transactions,
        JsonMapper json) {

    private static final Logger log = LoggerFactory.getLogger(RepublishEndpoint.class);
    private static final UUID LOWEST = new UUID(0, 0);
    private static final int BATCH = 500;

    record Changes(List<EventMetadata> changes) {}

    /**
     * @param published the number of aggregates whose state was published
     * @param removed aggregates that existed on the topic only
     * @param deletedBefore aggregates that are in the database although their deletion is on the topic
     */
    record Republished(int published, List<UUID> removed, List<UUID> deletedBefore) {}

    /** @param since a time, such as {@code 2026-11-30T10:00:00Z} */
    @ReadOperation
    Changes changes(OffsetDateTime since) {
        List<EventMetadata> changes = new ArrayList<>();
        try (TopicReader reader = readers.get()) {
            for (TopicPartition partition : reader.partitions(topic)) {
                reader.each(
                        partition,
                        message -> metadata(message)
                                .filter(event -> !event.time().isBefore(since.toInstant()))
                                .ifPresent(changes::add));
            }
        }
        changes.sort(Comparator.comparing(EventMetadata::time));
        return new Changes(changes);
    }

    @WriteOperation
    Republished republish() {
        List<UUID> removed = new ArrayList<>();
        List<UUID> deletedBefore = new ArrayList<>();
        try (TopicReader reader = readers.get()) {
            for (TopicPartition partition : reader.partitions(topic)) {
                Map<UUID, Boolean> deleted = deletedByAggregate(reader, partition);
                Set<UUID> existing = existing(deleted.keySet());
                Set<UUID> unknown = new HashSet<>();
                deleted.forEach((id, isDeleted) -> {
                    if (isDeleted && existing.contains(id)) {
                        deletedBefore.add(id);
                    } else if (!isDeleted && !existing.contains(id)) {
                        unknown.add(id);
                    }
                });
                publishDeletions(reader, partition, unknown);
                removed.addAll(unknown);
            }
        }
        int published = publishStates();
        log.info("Published the state of {} aggregates and the deletion of {}", published, removed.size());
        return new Republished(published, removed, deletedBefore);
    }

    /** Whether the newest event of each aggregate is its deletion. */
    private Map<UUID, Boolean> deletedByAggregate(TopicReader reader, TopicPartition partition) {
        Map<UUID, Boolean> deleted = new HashMap<>();
        reader.each(
                partition,
                message -> metadata(message)
                        .ifPresent(event -> deleted.put(
                                UUID.fromString(event.subject()), event.type().equals(aggregates.deletionType()))));
        return deleted;
    }

    private Set<UUID> existing(Collection<UUID> ids) {
        Set<UUID> existing = new HashSet<>();
        List<UUID> all = List.copyOf(ids);
        for (int from = 0; from < all.size(); from += BATCH) {
            existing.addAll(aggregates.existing(all.subList(from, Math.min(from + BATCH, all.size()))));
        }
        return existing;
    }

    private void publishDeletions(TopicReader reader, TopicPartition partition, Set<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Map<UUID, DomainEvent> deletions = new HashMap<>();
        reader.each(
                partition,
                message -> metadata(message)
                        .map(event -> UUID.fromString(event.subject()))
                        .filter(ids::contains)
                        .ifPresent(id -> deletions.put(id, aggregates.deletion(json.readTree(message.value())))));
        transactions.executeWithoutResult(transaction -> deletions.values().forEach(events::publishEvent));
    }

    private int publishStates() {
        int published = 0;
        UUID after = LOWEST;
        while (true) {
            UUID from = after;
            List<? extends DomainEvent> states = transactions.execute(transaction -> {
                List<? extends DomainEvent> batch = aggregates.states(from, BATCH);
                batch.forEach(events::publishEvent);
                return batch;
            });
            if (states.isEmpty()) {
                return published;
            }
            published += states.size();
            after = states.getLast().id();
        }
    }

    /** Empty for tombstones and for records that are no events. */
    private static Optional<EventMetadata> metadata(ConsumerRecord<String, byte[]> message) {
        try {
            return message.value() == null ? Optional.empty() : Optional.of(CloudEvents.read(message.headers()));
        } catch (UnreadableEvent e) {
            return Optional.empty();
        }
    }
}
