package dev.herald.platform.deadletter;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Recognizes failures of sending a record that every retry would repeat. */
final class KafkaRefusal {

    private static final Set<Class<? extends Exception>> FINAL = Set.of(
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidRecordException.class,
            InvalidTimestampException.class,
            InvalidTopicException.class,
            PolicyViolationException.class,
            UnsupportedForMessageFormatException.class,
            SerializationException.class,
            IllegalArgumentException.class);

    private KafkaRefusal() {}

    static boolean causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> FINAL.stream().anyMatch(kind -> kind.isInstance(cause)));
    }
}
