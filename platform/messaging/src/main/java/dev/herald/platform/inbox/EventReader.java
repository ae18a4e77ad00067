package dev.herald.platform.inbox;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.event.EventMetadata;
import dev.herald.platform.event.UnreadableEvent;
import dev.herald.platform.topic.EventTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads events from records. All methods throw {@link UnreadableEvent} if the record is not a valid event. */
record EventReader(InboxMemory memory, JsonMapper json) {

    EventMetadata metadata(ConsumerRecord<String, byte[]> message) {
        // Kafka checks only the compressed size, so an accepted record can still be too large.
        if (message.serializedValueSize() > EventTopic.MAX_MESSAGE_BYTES) {
            throw new UnreadableEvent("The record has %d bytes, an event at most %d"
                    .formatted(message.serializedValueSize(), EventTopic.MAX_MESSAGE_BYTES));
        }
        EventMetadata event = CloudEvents.read(message.headers());
        if (!event.subject().equals(message.key())) {
            throw new UnreadableEvent("ce_subject is not the record's key");
        }
        if (memory.isFuture(event.time())) {
            throw new UnreadableEvent("ce_time lies in the future");
        }
        return event;
    }

    <E> E payload(byte[] payload, Class<E> type, EventMetadata event) {
        try {
            JsonNode fields = json.readTree(payload);
            // The id and the subject must be equal, because events are ordered by the subject, and handlers use the id.
            if (!fields.path("id").asString("").equals(event.subject())) {
                throw new UnreadableEvent("The payload's id is not ce_subject");
            }
            return json.treeToValue(fields, type);
        } catch (JacksonException e) {
            throw new UnreadableEvent("The payload is no " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
        }
    }
}
