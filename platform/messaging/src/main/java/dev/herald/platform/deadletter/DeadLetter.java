package dev.herald.platform.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that a consumer could not handle, as it is on the dead-letter topic.
 *
 * @param id its origin, {@code topic/partition/offset}
 * @param key the aggregate's id
 * @param eventId {@code ce_id}; null, like the next two, if the record has no such header
 * @param type {@code ce_type}
 * @param time {@code ce_time}
 * @param diedAt when the consumer gave up
 * @param reason the exception's class and message
 * @param bytes the size of the body
 * @param omitted whether Kafka refused the dead letter with its body, which a replay then reads from the record's own topic
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
