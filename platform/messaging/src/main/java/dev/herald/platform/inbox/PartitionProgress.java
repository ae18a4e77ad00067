package dev.herald.platform.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.RetryListener;

/** {@code herald_inbox_stalled_seconds{consumer,topic}}: the longest time for which a partition has been at the same record. */
class PartitionProgress implements RecordInterceptor<Object, Object>, RetryListener {

    private final Clock clock;
    private final ConcurrentMap<TopicPartition, Attempt> attempts = new ConcurrentHashMap<>();

    private record Attempt(long offset, Instant since) {}

    PartitionProgress(Clock clock, MeterRegistry meters, String consumer, List<String> topics) {
        this.clock = clock;
        for (String topic : topics) {
            Gauge.builder("herald.inbox.stalled", this, progress -> progress.stalled(topic))
                    .description("The longest time for which a partition has been at the same record")
                    .baseUnit("seconds")
                    .tag("consumer", consumer)
                    .tag("topic", topic)
                    .register(meters);
        }
    }

    @Override
    public ConsumerRecord<Object, Object> intercept(
            ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
        attempts.compute(
                partition(record),
                (partition, attempt) -> attempt != null && attempt.offset() == record.offset()
                        ? attempt
                        : new Attempt(record.offset(), clock.instant()));
        return record;
    }

    @Override
    public void success(ConsumerRecord<Object, Object> record, Consumer<Object, Object> consumer) {
        attempts.remove(partition(record));
    }

    @Override
    public void failedDelivery(ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
        // A retry is no progress: the partition stays at this record.
    }

    @Override
    public void recovered(ConsumerRecord<?, ?> record, @Nullable Exception failure) {
        attempts.remove(partition(record));
    }

    void revoked(Collection<TopicPartition> partitions) {
        attempts.keySet().removeAll(partitions);
    }

    private double stalled(String topic) {
        Instant now = clock.instant();
        return attempts.entrySet().stream()
                .filter(attempt -> attempt.getKey().topic().equals(topic))
                .mapToDouble(attempt ->
                        Duration.between(attempt.getValue().since(), now).toMillis() / 1000.0)
                .max()
                .orElse(0);
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
