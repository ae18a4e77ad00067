package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
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
class PublishedEventsEndpoint {

    private static final Duration BACK = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Clock clock;
    private final JsonMapper json;

    /** @param consumers makes consumers without a group; each is closed after use */
    PublishedEventsEndpoint(String topic, Supplier<Consumer<String, byte[]>> consumers, Clock clock, JsonMapper json) {
        this.topic = topic;
        this.consumers = consumers;
        this.clock = clock;
        this.json = json;
    }

    record Published(List<Event> items) {}

    record Event(String topic, int partition, long offset, Map<String, String> headers, JsonNode payload) {}

    /** @param aggregate the events' key */
    @ReadOperation
    Published about(@Selector String aggregate) {
        List<Event> events = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            goBack(consumer, partitions);
            Instant deadline = clock.instant().plus(TIMEOUT);
            while (clock.instant().isBefore(deadline)
                    && end.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
                consumer.poll(POLL).forEach(message -> {
                    if (aggregate.equals(message.key()) && message.value() != null) {
                        events.add(event(message));
                    }
                });
            }
        }
        return new Published(events);
    }

    private void goBack(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        long since = clock.instant().minus(BACK).toEpochMilli();
        consumer.offsetsForTimes(partitions.stream().collect(toMap(identity(), partition -> since)))
                .forEach((partition, first) -> {
                    if (first == null) {
                        consumer.seekToEnd(List.of(partition));
                    } else {
                        consumer.seek(partition, first.offset());
                    }
                });
    }

    private Event event(ConsumerRecord<String, byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return new Event(
                message.topic(), message.partition(), message.offset(), headers, json.readTree(message.value()));
    }
}
