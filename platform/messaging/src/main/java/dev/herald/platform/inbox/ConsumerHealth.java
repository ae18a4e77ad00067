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
 * Up once this instance has had a partition or has waited long enough for one: an outage of Kafka only delays events,
 * and there may be more instances than partitions. Down after the listener container has stopped.
 */
class ConsumerHealth implements HealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final MessageListenerContainer listener;
    private final Clock clock;
    private final Instant startedAt;
    private volatile boolean ready;

    ConsumerHealth(MessageListenerContainer listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public Health health() {
        Collection<TopicPartition> partitions = listener.getAssignedPartitions();
        int assigned = partitions == null ? 0 : partitions.size();
        // The container stops on an Error and does not start again.
        boolean running = listener.isInExpectedState();
        ready = ready || assigned > 0 || clock.instant().isAfter(startedAt.plus(TIMEOUT));
        return (ready && running ? Health.up() : Health.down())
                .withDetail("partitions", assigned)
                .build();
    }
}
