package dev.herald.platform.topic;

import java.time.Duration;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;

/** Herald's topics. */
public final class EventTopic {

    private static final int PARTITIONS = 6;
    public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    /** Enough for a whole message and the headers of a dead letter. */
    private static final int MAX_DEAD_LETTER_BYTES = 5 * 1024 * 1024;

    private EventTopic() {}

    /**
     * A topic for the events of aggregates. It is compacted, so that a tombstone can erase an aggregate's events, but
     * events are kept for at least seven days, so that a consumer that was stopped meanwhile misses none.
     */
    public static NewTopic of(String name, TopicSettings settings) {
        return compacted(name, MAX_MESSAGE_BYTES, settings)
                .partitions(PARTITIONS)
                .config(
                        TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                        String.valueOf(Duration.ofDays(7).toMillis()))
                .build();
    }

    /** With the broker's default replication. */
    public static NewTopic of(String name) {
        return of(name, TopicSettings.OF_THE_BROKER);
    }

    /** A topic whose events are deleted after {@code retention}. */
    public static NewTopic expiring(String name, Duration retention, TopicSettings settings) {
        TopicBuilder topic = TopicBuilder.name(name)
                .partitions(PARTITIONS)
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .config(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(retention.toMillis()))
                .config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_MESSAGE_BYTES));
        settings.apply(topic);
        return topic.build();
    }

    /** With the broker's default replication. */
    public static NewTopic expiring(String name, Duration retention) {
        return expiring(name, retention, TopicSettings.OF_THE_BROKER);
    }

    /** The topic of the records that a consumer cannot handle. */
    public static NewTopic deadLetters(String topic, String consumerGroup, TopicSettings settings) {
        return compacted(deadLettersName(topic, consumerGroup), MAX_DEAD_LETTER_BYTES, settings)
                .partitions(1)
                .build();
    }

    public static String deadLettersName(String topic, String consumerGroup) {
        return topic + "." + consumerGroup + ".dlt";
    }

    private static TopicBuilder compacted(String name, int maxMessageBytes, TopicSettings settings) {
        TopicBuilder topic = TopicBuilder.name(name)
                .config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                .config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        settings.apply(topic);
        return topic;
    }
}
