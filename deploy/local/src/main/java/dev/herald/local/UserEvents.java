package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Listens to the topic of the user events from now on, as any other service could. */
final class UserEvents implements AutoCloseable {

    private static final String TOPIC = "user-events";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, String> consumer;

    UserEvents(String bootstrapServers) throws InterruptedException {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", false),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: only now is the end fixed.
        partitions.forEach(consumer::position);
    }

    /** The topic's partitions, once user-service has made it: it does so beside its start, which waits for no Kafka. */
    private List<TopicPartition> partitions() throws InterruptedException {
        return Patience.forFirst(
                        () -> Optional.of(consumer.partitionsFor(TOPIC)).filter(found -> !found.isEmpty()), LIMIT)
                .orElseThrow(() -> new StoryBroken("There is no topic %s on Kafka.".formatted(TOPIC)))
                .stream()
                .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                .toList();
    }

    /** One event, as its CloudEvents headers tell it. */
    record Event(String id, String type, int partition) {}

    /** Waits for the first event about a user. */
    Optional<Event> await(String userId, Duration limit) {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                if (userId.equals(record.key())) {
                    return Optional.of(
                            new Event(header(record, "ce_id"), header(record, "ce_type"), record.partition()));
                }
            }
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
