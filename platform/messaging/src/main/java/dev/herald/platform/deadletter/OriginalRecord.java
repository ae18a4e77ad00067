package dev.herald.platform.deadletter;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.support.KafkaHeaders;

/** The record that became a dead letter, as it was on its own topic. */
final class OriginalRecord {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private OriginalRecord() {}

    static ConsumerRecord<String, byte[]> of(
            DeadLetter letter, TopicPartition partition, long offset, Consumer<String, byte[]> consumer) {
        ConsumerRecord<String, byte[]> dead = read(consumer, partition, offset)
                .orElseThrow(() -> new TimeoutException("The dead letter cannot be read"));
        return letter.omitted() ? onItsTopic(consumer, dead) : withoutFailure(dead);
    }

    /** Reads the record from its own topic; fails if compaction or a deletion has removed it. */
    private static ConsumerRecord<String, byte[]> onItsTopic(
            Consumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> dead) {
        ConsumerRecord<String, byte[]> died = withoutFailure(dead);
        Header timestamp = dead.headers().lastHeader(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP);
        return read(consumer, new TopicPartition(died.topic(), died.partition()), died.offset())
                // A topic that was created again has other records at the same offsets.
                .filter(record ->
                        timestamp == null || ByteBuffer.wrap(timestamp.value()).getLong() == record.timestamp())
                .orElseThrow(() -> new IllegalStateException(
                        "The dead letter has no body, and the record is no longer at " + dead.key()));
    }

    private static ConsumerRecord<String, byte[]> withoutFailure(ConsumerRecord<String, byte[]> dead) {
        String[] origin = dead.key().split("/", 3);
        ConsumerRecord<String, byte[]> died = new ConsumerRecord<>(
                origin[0],
                Integer.parseInt(origin[1]),
                Long.parseLong(origin[2]),
                DeadLetters.text(dead, DeadLetterPublisher.ORIGINAL_KEY),
                dead.value());
        for (Header header : dead.headers()) {
            if (!header.key().startsWith(KafkaHeaders.PREFIX) && !header.key().startsWith(DeadLetterPublisher.PREFIX)) {
                died.headers().add(header);
            }
        }
        return died;
    }

    private static Optional<ConsumerRecord<String, byte[]>> read(
            Consumer<String, byte[]> consumer, TopicPartition partition, long offset) {
        consumer.assign(List.of(partition));
        if (offset < consumer.beginningOffsets(List.of(partition), TIMEOUT).getOrDefault(partition, 0L)
                || offset >= consumer.endOffsets(List.of(partition), TIMEOUT).getOrDefault(partition, 0L)) {
            return Optional.empty();
        }
        consumer.seek(partition, offset);
        for (ConsumerRecord<String, byte[]> record : consumer.poll(TIMEOUT)) {
            if (record.offset() == offset) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }
}
