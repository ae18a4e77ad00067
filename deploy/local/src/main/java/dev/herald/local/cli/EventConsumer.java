package dev.herald.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.local.process.Failure;
import dev.herald.local.process.Polling;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the events of one topic that are published after this object is created. */
public final class EventConsumer implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, String> consumer;
    private Iterator<ConsumerRecord<String, String>> unread = Collections.emptyIterator();

    public EventConsumer(String bootstrapServers, String topic) throws InterruptedException {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // seekToEnd is lazy; position() makes the consumer seek now.
        partitions.forEach(consumer::position);
    }

    /** Waits until the topic exists, because its service creates it in the background. */
    private List<TopicPartition> partitions(String topic) throws InterruptedException {
        return Polling.forFirst(
                        () -> Optional.of(consumer.partitionsFor(topic)).filter(found -> !found.isEmpty()), LIMIT)
                .orElseThrow(() -> new Failure("There is no topic %s on Kafka.".formatted(topic)))
                .stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    /** The CloudEvents headers of an event, and its partition. */
    public record Event(String id, String type, int partition) {}

    /** Waits for the next event of an aggregate; empty if none arrives within the limit. */
    public Optional<Event> await(String aggregateId, Duration limit) {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            while (unread.hasNext()) {
                ConsumerRecord<String, String> record = unread.next();
                if (aggregateId.equals(record.key())) {
                    return Optional.of(
                            new Event(header(record, "ce_id"), header(record, "ce_type"), record.partition()));
                }
            }
            unread = consumer.poll(POLL).iterator();
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), UTF_8))
                .orElse("?");
    }
}
