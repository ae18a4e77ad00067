package dev.herald.platform.deadletter;

import dev.herald.platform.topic.TopicReader;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.support.KafkaHeaders;

/** The record that became a dead letter, as it was on its own topic. */
final class OriginalRecord {

    private OriginalRecord() {}

    static ConsumerRecord<String, byte[]> of(
            DeadLetter letter, TopicPartition partition, long offset, TopicReader reader) {
        ConsumerRecord<String, byte[]> dead = reader.read(partition, offset)
                .orElseThrow(() -> new TimeoutException("The dead letter cannot be read"));
        return letter.omitted() ? onItsTopic(reader, dead) : withoutFailure(dead);
    }

    /** Reads the record from its own topic; fails if compaction or a deletion has removed it. */
    private static ConsumerRecord<String, byte[]> onItsTopic(TopicReader reader, ConsumerRecord<String, byte[]> dead) {
        ConsumerRecord<String, byte[]> died = withoutFailure(dead);
        Header timestamp = dead.headers().lastHeader(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP);
        return reader.read(new TopicPartition(died.topic(), died.partition()), died.offset())
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
}
