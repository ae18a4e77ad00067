package dev.herald.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Notes when each key arrives at a consumer of a topic, from the creation of this reader on. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private volatile boolean closed;

    TopicReader(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The seek takes place with the first call that needs the position.
        partitions.forEach(consumer::position);
        var _ = reader.submit(this::read);
    }

    private void read() {
        while (!closed) {
            consumer.poll(POLL).forEach(message -> arrivals.putIfAbsent(message.key(), System.nanoTime()));
        }
        consumer.close();
    }

    /** The time of {@link System#nanoTime} by key. */
    Map<String, Long> arrivals() {
        return arrivals;
    }

    @Override
    public void close() {
        closed = true;
        reader.close();
    }
}
