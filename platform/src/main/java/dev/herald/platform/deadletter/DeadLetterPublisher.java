package dev.herald.platform.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.topic.EventTopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/**
 * Moves a record to {@code <topic>.<consumer group>.dlt}, keyed by where it came from ({@code topic/partition/offset}),
 * with its own headers, the reason, and what Spring Kafka says in {@code kafka_dlt-*}.
 */
class DeadLetterPublisher extends DeadLetterPublishingRecoverer {

    /** Begins the names of the headers that are ours, and no part of the event. */
    static final String PREFIX = "herald_dlt-";

    static final String ORIGINAL_KEY = PREFIX + "original-key";

    /** The exception's class and what it says. */
    static final String REASON = PREFIX + "reason";

    private final MeterRegistry meters;
    private final String consumerGroup;

    DeadLetterPublisher(KafkaOperations<?, ?> kafka, MeterRegistry meters, String consumerGroup) {
        super(
                kafka,
                (message, failure) ->
                        new TopicPartition(EventTopic.deadLettersName(message.topic(), consumerGroup), 0));
        this.meters = meters;
        this.consumerGroup = consumerGroup;
        excludeHeader(HeaderNames.HeadersToAdd.EX_STACKTRACE);
        setHeadersFunction(DeadLetterPublisher::headers);
    }

    private static Headers headers(ConsumerRecord<?, ?> message, Exception failure) {
        Headers headers = new RecordHeaders();
        headers.add(REASON, reason(failure).getBytes(UTF_8));
        if (message.key() != null) {
            headers.add(ORIGINAL_KEY, message.key().toString().getBytes(UTF_8));
        }
        return headers;
    }

    /** What the handler threw, without the listener's wrapping. */
    static String reason(Exception failure) {
        Throwable thrown = failure instanceof ListenerExecutionFailedException ? failure.getCause() : failure;
        return String.valueOf(thrown);
    }

    @Override
    protected ProducerRecord<Object, Object> createProducerRecord(
            ConsumerRecord<?, ?> message,
            TopicPartition destination,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        String origin = message.topic() + "/" + message.partition() + "/" + message.offset();
        return new ProducerRecord<>(
                destination.topic(), destination.partition(), null, origin, message.value(), headers);
    }

    @Override
    public void accept(ConsumerRecord<?, ?> message, @Nullable Consumer<?, ?> consumer, Exception failure) {
        super.accept(message, consumer, failure);
        counter(message.topic()).increment();
    }

    Counter counter(String topic) {
        return Counter.builder("herald.dead.letters")
                .description("Records moved to a dead-letter topic")
                .tag("topic", topic)
                .tag("consumer", consumerGroup)
                .register(meters);
    }
}
