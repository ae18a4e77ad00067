package dev.herald.platform.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Up once this instance has had partitions to hear, or has been waited for long enough: Kafka being away is survivable, since events
 * wait, and there may be more instances than partitions. Down for good once its container has given up.
 */
class ConsumerHealth implements HealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MessageListenerContainer listener;
    private final Clock clock;
    private final Instant startedAt;
    private volatile boolean heard;

    ConsumerHealth(MessageListenerContainer listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public Health health() {
        Collection<TopicPartition> partitions = listener.getAssignedPartitions();
        int assigned = partitions == null ? 0 : partitions.size();
        // It stops by itself on an Error, and does not start again.
        boolean alive = listener.isInExpectedState();
        heard = heard || assigned > 0 || clock.instant().isAfter(startedAt.plus(PATIENCE));
        return (heard && alive ? Health.up() : Health.down())
                .withDetail("partitions", assigned)
                .build();
    }
}
