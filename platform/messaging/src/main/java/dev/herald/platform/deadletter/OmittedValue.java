package dev.herald.platform.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Makes a dead letter small enough for Kafka. */
final class OmittedValue {

    private static final int SMALL_HEADER_BYTES = 1_000;
    private static final int SMALL_HEADERS_BYTES = 20_000;

    /** Includes the header's name; UTF-8 has at most three bytes for each {@code char}. */
    private static final int LARGEST_REASON_BYTES = 3 * DeadLetterPublisher.MAX_REASON_CHARS + 100;

    private OmittedValue() {}

    /**
     * The dead letter with its small headers, the size of its value in {@link DeadLetterPublisher#OMITTED}, and an empty
     * value; without a value it would be a tombstone.
     */
    static ProducerRecord<Object, Object> in(ProducerRecord<Object, Object> letter) {
        Headers headers = new RecordHeaders();
        int bytes = 0;
        for (Header header : letter.headers()) {
            int size = header.key().length() + (header.value() == null ? 0 : header.value().length);
            boolean isReason = header.key().equals(DeadLetterPublisher.REASON) && size <= LARGEST_REASON_BYTES;
            if (isReason || (size <= SMALL_HEADER_BYTES && bytes + size <= SMALL_HEADERS_BYTES)) {
                headers.add(header);
                bytes += size;
            }
        }
        int omitted = letter.value() instanceof byte[] value ? value.length : 0;
        headers.add(DeadLetterPublisher.OMITTED, String.valueOf(omitted).getBytes(UTF_8));
        return new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), new byte[0], headers);
    }
}
