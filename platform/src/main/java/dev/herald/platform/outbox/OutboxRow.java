package dev.herald.platform.outbox;

import dev.herald.platform.event.EventMetadata;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of the table {@code outbox}.
 *
 * @param seq the order of writing, in which rows of one aggregate are published
 * @param payload the event's JSON, published as it stands
 * @param headers a JSON object of further Kafka headers
 */
record OutboxRow(
        long seq, UUID id, String aggregateId, String type, String payload, String headers, Instant createdAt) {

    EventMetadata metadata(String source) {
        return new EventMetadata(id, type, source, aggregateId, createdAt);
    }
}
