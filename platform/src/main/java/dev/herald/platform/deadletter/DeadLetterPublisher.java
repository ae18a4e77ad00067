package dev.herald.platform.deadletter;

import dev.herald.platform.topic.EventTopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;

/**
 * Moves a record to {@code <topic>.<consumer group>.dlt}, keyed by where it came from ({@code topic/partition/offset}),
 * with its own headers and the reason in Spring Kafka's {@code kafka_dlt-*} ones.
 */
class DeadLetterPublisher extends DeadLetterPublishingRecoverer {

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
