package dev.herald.platform.outbox;

import dev.herald.platform.event.EventMetadata;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code outbox}.
 *
 * @param seq the order of writing, in which rows of one aggregate are published
 * @param payload the event's JSON; null if the row is larger than a message may be
 * @param headers a JSON object of further Kafka headers; null if the payload is null
 * @param bytes the size of payload and headers
 */
record OutboxRow(
        long seq,
        UUID id,
        Aggregate aggregate,
        String type,
        @Nullable String payload,
        @Nullable String headers,
        long bytes,
        Instant createdAt) {

    record Aggregate(String type, String id) {}

    EventMetadata metadata(String source) {
        return new EventMetadata(id, type, source, aggregate.id(), createdAt);
    }
}
