package dev.herald.platform.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.ConsumerFactory;

/** Reads topics to their present end without a consumer group, so that no committed offset changes. Is not thread-safe. */
public final class TopicReader implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int REQUEST_TIMEOUT_MS = 10_000;

    private final Consumer<String, byte[]> consumer;

    /** @param bytesAtATime the size of a fetch; Kafka returns at least one batch of records */
    public TopicReader(ConsumerFactory<?, ?> consumers, String clientId, int bytesAtATime) {
        Map<String, Object> settings = new HashMap<>(consumers.getConfigurationProperties());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, bytesAtATime);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()));
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        // Without this, Kafka would delay the last fetch for 500 ms, and closing the consumer would wait for it.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    public List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** Passes all records of the partition to the action. */
    public void each(TopicPartition partition, java.util.function.Consumer<ConsumerRecord<String, byte[]>> action) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        readToEnd(partition, action);
    }

    /** Passes the records of the partition since a time to the action. */
    public void eachSince(
            Instant time,
            TopicPartition partition,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> action) {
        var first =
                consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli())).get(partition);
        if (first != null) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, first.offset());
            readToEnd(partition, action);
        }
    }

    private void readToEnd(
            TopicPartition partition, java.util.function.Consumer<ConsumerRecord<String, byte[]>> action) {
        long end = end(partition);
        while (consumer.position(partition) < end) {
            long before = consumer.position(partition);
            ConsumerRecords<String, byte[]> records = consumer.poll(TIMEOUT);
            if (consumer.position(partition) == before) {
                throw new KafkaException("Kafka does not answer");
            }
            records.forEach(action);
        }
    }

    /** The record at the offset; empty if it is deleted, compacted or not written yet. */
    public Optional<ConsumerRecord<String, byte[]>> read(TopicPartition partition, long offset) {
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (offset < begin || offset >= end(partition)) {
            return Optional.empty();
        }
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        for (ConsumerRecord<String, byte[]> record : consumer.poll(TIMEOUT)) {
            if (record.offset() == offset) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
