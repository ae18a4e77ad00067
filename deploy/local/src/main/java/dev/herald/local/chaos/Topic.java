package dev.herald.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A topic, from its beginning to its present end. Nothing in it is compacted away within seven days. */
record Topic(Write.Subject subject, String name) {

    private static final Duration POLL = Duration.ofMillis(200);

    static Topic of(Write.Subject subject) {
        return new Topic(
                subject,
                switch (subject) {
                    case USER -> "user-events";
                    case POST -> "post-events";
                });
    }

    /** Every event, each partition's in their order. */
    List<Evidence.Event> read(String bootstrapServers) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Evidence.Event> events = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(record -> events.add(event(record)));
            }
            return events;
        }
    }

    private Evidence.Event event(ConsumerRecord<String, String> record) {
        JsonNode body = JsonMapper.shared().readTree(record.value());
        boolean deletion = header(record, "ce_type").endsWith(".deleted");
        return new Evidence.Event(
                header(record, "ce_id"),
                subject,
                record.key(),
                body.path("authorId").asString(""),
                body.path("version").asLong(),
                deletion ? "" : mark(body));
    }

    private String mark(JsonNode body) {
        return switch (subject) {
            case USER ->
                Write.markOfUser(
                        body.path("name").asString(), body.path("email").asString());
            case POST -> body.path("title").asString();
        };
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
