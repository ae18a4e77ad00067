package dev.herald.platform.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a consumer could not handle, as described by its copy on the dead-letter topic.
 *
 * @param id the record's origin, {@code topic/partition/offset}
 * @param key the aggregate's id
 * @param eventId {@code ce_id}; this and the next two are null if the record does not have the header
 * @param type {@code ce_type}
 * @param time {@code ce_time}
 * @param diedAt when the consumer published the dead letter
 * @param reason the exception's class and message
 * @param bytes the size of the body
 * @param omitted whether the dead letter has no body, because Kafka refused it with the body; a replay then reads the
 *     body from the record's own topic
 */
record DeadLetter(
        String id,
        @Nullable String key,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String time,
        Instant diedAt,
        @Nullable String reason,
        int bytes,
        boolean omitted) {}
