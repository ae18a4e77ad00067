package dev.herald.platform.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.herald.platform.problem.LoggedFailure;
import dev.herald.platform.topic.EventTopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/**
 * Copies a record to {@code <topic>.<consumer group>.dlt} with the key {@code topic/partition/offset}, the record's
 * headers, the reason, and Spring Kafka's {@code kafka_dlt-*}.
 * <p>No record stops its partition. A dead letter that Kafka refuses for good, for example as too large, is sent again
 * without its value and large headers and with {@link #OMITTED}. If Kafka refuses that too, the record is logged and
 * skipped. While Kafka is unavailable or denies access, the record is retried for ever.
 */
class DeadLetterPublisher extends DeadLetterPublishingRecoverer {

    /** The prefix of the headers that this class adds. */
    static final String PREFIX = "herald_dlt-";

    static final String ORIGINAL_KEY = PREFIX + "original-key";

    static final String REASON = PREFIX + "reason";

    /** The size of the omitted value; absent from a complete dead letter. */
    static final String OMITTED = PREFIX + "omitted-value-bytes";

    private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

    static final int MAX_REASON_CHARS = 2_000;

    private final MeterRegistry meters;
    private final String consumerGroup;

    DeadLetterPublisher(KafkaOperations<?, ?> kafka, MeterRegistry meters, String consumerGroup) {
        super(
                kafka,
                (message, failure) ->
                        new TopicPartition(EventTopic.deadLettersName(message.topic(), consumerGroup), 0));
        this.meters = meters;
        this.consumerGroup = consumerGroup;
        // The exception's message and stack trace can contain the whole record; the header REASON is shorter.
        excludeHeader(HeaderNames.HeadersToAdd.EX_MSG, HeaderNames.HeadersToAdd.EX_STACKTRACE);
        // Spring need not check that the partition exists, because every topic has partition 0.
        setVerifyPartition(false);
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

    /** The handler's exception without Spring's {@code ListenerExecutionFailedException}, as a text of limited length. */
    static String reason(Exception failure) {
        Throwable thrown = failure instanceof ListenerExecutionFailedException ? failure.getCause() : failure;
        String text = String.valueOf(thrown);
        return text.length() > MAX_REASON_CHARS ? text.substring(0, MAX_REASON_CHARS) + "…" : text;
    }

    static String position(ConsumerRecord<?, ?> message) {
        return message.topic() + "/" + message.partition() + "/" + message.offset();
    }

    @Override
    protected ProducerRecord<Object, Object> createProducerRecord(
            ConsumerRecord<?, ?> message,
            TopicPartition destination,
            Headers headers,
            byte @Nullable [] key,
            byte @Nullable [] value) {
        return new ProducerRecord<>(
                destination.topic(), destination.partition(), null, position(message), message.value(), headers);
    }

    @Override
    protected void publish(
            ProducerRecord<Object, Object> letter, KafkaOperations<Object, Object> kafka, ConsumerRecord<?, ?> died) {
        Throwable failure = letter.value() == null ? new InvalidRecordException("no value") : send(letter, kafka);
        if (failure != null && KafkaRefusal.causes(failure)) {
            log.warn(
                    "The dead letter of {} is published without its value: {}",
                    position(died),
                    LoggedFailure.summary(failure));
            failure = send(OmittedValue.in(letter), kafka);
            if (failure != null && KafkaRefusal.causes(failure)) {
                log.error(
                        "{} is skipped without a dead letter, since Kafka refuses it: {}. The consumer failed with {}",
                        position(died),
                        LoggedFailure.summary(failure),
                        failedWith(letter));
                return;
            }
        }
        if (failure != null) {
            throw new KafkaException("The dead letter of " + position(died) + " is not published", failure);
        }
    }

    /** The exception's class; its text may quote the record. */
    private static String failedWith(ProducerRecord<Object, Object> letter) {
        String reason = new String(letter.headers().lastHeader(REASON).value(), UTF_8);
        return reason.substring(0, (reason + ":").indexOf(':'));
    }

    private @Nullable Throwable send(ProducerRecord<Object, Object> letter, KafkaOperations<Object, Object> kafka) {
        try {
            kafka.send(letter).get(determineSendTimeout(kafka).toMillis(), TimeUnit.MILLISECONDS);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            return e;
        }
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
