package dev.herald.platform.outbox;

import dev.herald.platform.outbox.OutboxRow.Aggregate;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event that is written to the table {@code outbox}.
 *
 * @param payload the event's JSON
 * @param headers further Kafka headers: the trace of the request, which consumers continue
 * @param createdAt in whole microseconds, as PostgreSQL stores it
 */
record NewRow(
        UUID id, Aggregate aggregate, String type, String payload, Map<String, String> headers, Instant createdAt) {}
