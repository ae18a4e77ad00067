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

/** Reads a topic from the beginning to its current end. Compaction removes nothing within seven days. */
record Topic(Write.Subject subject, String name) {

    private static final String DEAD_LETTERS = ".dlt";
    private static final Duration POLL = Duration.ofMillis(200);

    static Topic of(Write.Subject subject) {
        return new Topic(
                subject,
                switch (subject) {
                    case USER -> "user-events";
                    case POST -> "post-events";
                });
    }

    List<Evidence.Event> read(String bootstrapServers) {
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            return records(consumer, name).stream().map(this::event).toList();
        }
    }

    /** The topic, key and reason of each dead letter of any consumer. */
    static List<String> deadLetters(String bootstrapServers) {
        try (KafkaConsumer<String, String> consumer = consumer(bootstrapServers)) {
            return consumer.listTopics().keySet().stream()
                    .filter(topic -> topic.endsWith(DEAD_LETTERS))
                    .flatMap(topic -> records(consumer, topic).stream()
                            .map(letter ->
                                    "%s %s: %s".formatted(topic, letter.key(), header(letter, "herald_dlt-reason"))))
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
