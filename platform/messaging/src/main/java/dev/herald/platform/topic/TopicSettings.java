package dev.herald.platform.topic;

import jakarta.validation.constraints.Min;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.validation.annotation.Validated;

/**
 * The replication of topics that are created; existing topics are not changed.
 *
 * @param replicas the number of replicas; 0 for the broker's {@code default.replication.factor}
 * @param minInsyncReplicas how many replicas store a record before it is acknowledged; 0 for the broker's {@code
 *     min.insync.replicas}
 */
@Validated
@ConfigurationProperties("herald.topics")
public record TopicSettings(@Min(0) short replicas, @Min(0) int minInsyncReplicas) {

    static final TopicSettings OF_THE_BROKER = new TopicSettings((short) 0, 0);

    void apply(TopicBuilder topic) {
        if (replicas > 0) {
            topic.replicas(replicas);
        }
        if (minInsyncReplicas > 0) {
            topic.config(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInsyncReplicas));
        }
    }
}
