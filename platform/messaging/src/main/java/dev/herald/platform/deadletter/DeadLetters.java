package dev.herald.platform.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.topic.EventTopic;
import dev.herald.platform.topic.TopicReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * The dead letters of this service's consumer group that have no tombstone. Each call reads them from Kafka, so that
 * all instances return the same, and keeps only their descriptions in memory.
 */
record DeadLetters(
        ConsumerFactory<?, ?> consumers,
        KafkaOperations<String, byte[]> kafka,
        String consumerGroup,
        List<String> topics) {

    /** Handles a dead letter; {@code died} reads its original record. */
    @FunctionalInterface
    interface Treatment {

        void treat(DeadLetter letter, Supplier<ConsumerRecord<String, byte[]>> died);
    }

    private record Found(DeadLetter letter, TopicPartition partition, long offset) {}

    /** All dead letters, topic by topic, each topic in the order of failure. */
    List<DeadLetter> all() {
        return find().stream().map(Found::letter).toList();
    }

    /** Handles the dead letters with these ids one by one, in the order of their failures. */
    void each(Set<String> ids, Treatment treatment) {
        List<Found> found = find();
        // With a limit of one byte Kafka returns one batch; further batches would not be used.
        try (TopicReader reader = reader(1)) {
            for (Found each : found) {
                if (ids.contains(each.letter().id())) {
                    treatment.treat(
                            each.letter(),
                            () -> OriginalRecord.of(each.letter(), each.partition(), each.offset(), reader));
                }
            }
        }
    }

    /** Publishes a tombstone, and returns when Kafka has acknowledged it. */
    void end(DeadLetter letter) {
        String topic = letter.id().substring(0, letter.id().indexOf('/'));
        try {
            kafka.send(EventTopic.deadLettersName(topic, consumerGroup), 0, letter.id(), null)
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not accept the tombstone", e);
        }
    }

    private TopicReader reader(int bytesAtATime) {
        return new TopicReader(consumers, consumerGroup + "-dead-letters", bytesAtATime);
    }

    private List<Found> find() {
        List<Found> found = new ArrayList<>();
        try (TopicReader reader = reader(EventTopic.MAX_MESSAGE_BYTES)) {
            for (String topic : topics) {
                TopicPartition partition = new TopicPartition(EventTopic.deadLettersName(topic, consumerGroup), 0);
                found.addAll(find(reader, partition).values());
            }
        }
        return found;
    }

    private static Map<String, Found> find(TopicReader reader, TopicPartition partition) {
        Map<String, Found> found = new LinkedHashMap<>();
        reader.each(partition, record -> {
            // The newest dead letter of a record replaces earlier ones and is listed last.
            found.remove(record.key());
            if (record.value() != null) {
                found.put(record.key(), new Found(letter(record), partition, record.offset()));
            }
        });
        return found;
    }

    private static DeadLetter letter(ConsumerRecord<String, byte[]> record) {
        String omitted = text(record, DeadLetterPublisher.OMITTED);
        return new DeadLetter(
                record.key(),
                text(record, DeadLetterPublisher.ORIGINAL_KEY),
                text(record, "ce_id"),
                text(record, "ce_type"),
                text(record, "ce_time"),
                Instant.ofEpochMilli(record.timestamp()),
                text(record, DeadLetterPublisher.REASON),
                omitted == null ? record.value().length : bytes(omitted),
                omitted != null);
    }

    /** The number in the header; 0 if it is not a number, so that one bad dead letter does not hide the others. */
    private static int bytes(String omitted) {
        try {
            return Integer.parseInt(omitted);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static @Nullable String text(ConsumerRecord<?, ?> record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null || found.value() == null ? null : new String(found.value(), UTF_8);
    }
}
