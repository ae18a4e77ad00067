package dev.herald.platform.outbox;

import io.micrometer.tracing.Span;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * A row that was handed to the producer.
 *
 * @param span the span of this publication, which ends when the outcome is in the database
 */
record SentRow(OutboxRow row, Span span, Future<RecordMetadata> acknowledgement) {

    /** Why the row is not published; null if Kafka has acknowledged it. */
    @Nullable
    Throwable failure() {
        return switch (acknowledgement.state()) {
            case SUCCESS -> null;
            case FAILED -> acknowledgement.exceptionNow();
            case RUNNING, CANCELLED -> new TimeoutException("no answer yet");
        };
    }

    /** Whether Kafka refused the row itself, so that no retry can succeed. */
    boolean isRefused() {
        Throwable failure = failure();
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException;
    }
}
