package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.json.JsonMapper;

/** What a consumer that reads a topic from the beginning ends with. */
final class PublishedState {

    /** Of no aggregate. A relay of before the first release publishes it among the users (deploy/operations/upgrade.md). */
    private static final String REQUEST = "user.email-requested";

    private PublishedState() {}

    /** The version of each aggregate whose newest event is no deletion. */
    static Map<String, Long> of(String topic, String broker) {
        Map<String, Long> versions = new TreeMap<>();
        for (ConsumerRecord<String, byte[]> event : records(topic, broker)) {
            String type = new String(event.headers().lastHeader("ce_type").value(), UTF_8);
            if (type.endsWith(".deleted")) {
                versions.remove(event.key());
            } else if (!type.equals(REQUEST)) {
                versions.put(
                        event.key(),
                        JsonMapper.shared()
                                .readTree(event.value())
                                .get("version")
                                .asLong());
            }
        }
        return versions;
    }

    /** All records of the topic; those of one key are in their order. */
    static List<ConsumerRecord<String, byte[]>> records(String topic, String broker) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", broker),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
