package dev.herald.platform.outbox;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.KafkaException;

/**
 * Reads partitions of a topic from the beginning to their present end.
 *
 * @param consumer has no group; is closed with this scan
 */
record TopicScan(String topic, Consumer<String, byte[]> consumer) implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    void each(TopicPartition partition, java.util.function.Consumer<ConsumerRecord<String, byte[]>> action) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        while (consumer.position(partition) < end) {
            long before = consumer.position(partition);
            ConsumerRecords<String, byte[]> records = consumer.poll(TIMEOUT);
            if (consumer.position(partition) == before) {
                throw new KafkaException("Kafka does not answer");
            }
            records.forEach(action);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
