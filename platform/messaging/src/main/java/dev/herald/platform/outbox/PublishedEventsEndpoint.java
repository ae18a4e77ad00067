package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.topic.TopicReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /actuator/events/{aggregate}}, in the profile {@code local} only: the events of an aggregate in the last
 * minutes, read from Kafka.
 */
@Endpoint(id = "events")
record PublishedEventsEndpoint(String topic, Supplier<TopicReader> readers, Clock clock, JsonMapper json) {

    private static final Duration BACK = Duration.ofMinutes(2);

    record Published(List<Event> items) {}

    record Event(String topic, int partition, long offset, Map<String, String> headers, JsonNode payload) {}

    /** @param aggregate the events' key */
    @ReadOperation
    Published about(@Selector String aggregate) {
        Instant since = clock.instant().minus(BACK);
        List<Event> events = new ArrayList<>();
        try (TopicReader reader = readers.get()) {
            for (TopicPartition partition : reader.partitions(topic)) {
                reader.eachSince(since, partition, message -> {
                    if (aggregate.equals(message.key()) && message.value() != null) {
                        events.add(event(message));
                    }
                });
            }
        }
        return new Published(events);
    }

    private Event event(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Event(
                message.topic(), message.partition(), message.offset(), headers, json.readTree(message.value()));
    }
}
