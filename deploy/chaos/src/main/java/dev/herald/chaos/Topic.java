package dev.herald.chaos;

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

/**
 * Reads topics from the beginning to their current end. They are complete, because compaction removes nothing within seven days. This class
 * shares no code with the services, because it checks them.
 */
final class Topic {

    private static final Duration POLL = Duration.ofMillis(200);

    private Topic() {}

    static List<Evidence.Event> events(Write.Subject subject, String bootstrapServers) {
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            return records(consumer, subject.topic()).stream()
                    .map(record -> event(subject, record))
                    .toList();
        }
    }

    /** The topic, key and reason of each dead letter of any consumer. */
    static List<String> deadLetters(String bootstrapServers) {
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            return consumer.listTopics().keySet().stream()
                    .filter(topic -> topic.endsWith(".dlt"))
                    .flatMap(topic -> records(consumer, topic).stream())
                    .map(letter ->
                            "%s %s: %s".formatted(letter.topic(), letter.key(), header(letter, "herald_dlt-reason")))
                    .toList();
        }
    }

    private static KafkaConsumer<String, String> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static List<ConsumerRecord<String, String>> records(KafkaConsumer<String, String> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    private static Evidence.Event event(Write.Subject subject, ConsumerRecord<String, String> record) {
        JsonNode body = JsonMapper.shared().readTree(record.value());
        String mark =
                switch (subject) {
                    case USER ->
                        Write.markOfUser(
                                body.path("name").asString(), body.path("email").asString());
                    case POST -> body.path("title").asString();
                };
        return new Evidence.Event(
                header(record, "ce_id"),
                subject,
                record.key(),
                body.path("authorId").asString(""),
                body.path("version").asLong(),
                header(record, "ce_type").endsWith(".deleted") ? "" : mark);
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
