package dev.herald.platform.outbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A service with {@code topic} has an outbox: the table, the relay and the topic.
 *
 * @param topic the topic of this service's events
 * @param topics other topics by aggregate type, for aggregates whose events do not go to {@code topic}; the service
 *     declares these topics as beans
 * @param batchSize the most rows that are read, published and deleted at a time
 * @param pollInterval the longest time between reads, and between a follower's attempts to lead; shorter than the
 *     session's idle timeout
 * @param maxBackOff the longest pause while Kafka or the database is unavailable
 * @param relay who publishes the rows
 */
@Validated
@ConfigurationProperties("herald.outbox")
record OutboxSettings(
        @NotBlank String topic,
        @DefaultValue Map<String, String> topics,
        @DefaultValue("500") @Min(1) @Max(10_000) int batchSize,
        @DefaultValue("1s") @DurationMax(seconds = 2) Duration pollInterval,
        @DefaultValue("5s") Duration maxBackOff,
        @DefaultValue("relay") Publisher relay) {

    enum Publisher {
        /** {@link OutboxRelay}. */
        RELAY,
        /** Debezium on Kafka Connect, where it can; see {@link DebeziumOutbox}. */
        DEBEZIUM
    }

    String topicOf(OutboxRow.Aggregate aggregate) {
        return topics.getOrDefault(aggregate.type(), topic);
    }
}
