package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.observability.Traces;
import dev.herald.platform.topic.EventTopic;
import io.micrometer.tracing.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends each row of the outbox to Kafka, with a span in the trace of the request that wrote the row.
 *
 * @param source the {@code ce_source} of the events
 */
record OutboxSender(JsonMapper json, OutboxSettings settings, OutboxMetrics metrics, Traces traces, String source) {

    /**
     * Stops at the first row that fails at once without being refused, because without a broker the producer would
     * block for each further row.
     */
    List<SentRow> send(List<OutboxRow> rows, Producer<String, byte[]> producer) {
        List<SentRow> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            SentRow latest = send(row, producer);
            sent.add(latest);
            if (latest.acknowledgement().state() == Future.State.FAILED && !latest.isRefused()) {
                break;
            }
        }
        return sent;
    }

    private SentRow send(OutboxRow row, Producer<String, byte[]> producer) {
        Span span = Span.NOOP;
        ProducerRecord<String, byte[]> message;
        try {
            if (row.payload() == null || row.headers() == null) {
                throw new RecordTooLargeException("The row has %d bytes, a message at most %d"
                        .formatted(row.bytes(), EventTopic.MAX_MESSAGE_BYTES));
            }
            Map<String, String> headers = json.readValue(row.headers(), new TypeReference<>() {});
            span = span(row, headers);
            headers.putAll(traces.headers(span));
            message = record(row, row.payload(), headers);
        } catch (RecordTooLargeException e) {
            return new SentRow(row, span, CompletableFuture.failedFuture(e));
        } catch (RuntimeException e) {
            return new SentRow(
                    row, span, CompletableFuture.failedFuture(new InvalidRecordException("no record: " + e, e)));
        }
        return new SentRow(row, span, producer.send(message, (metadata, failure) -> {
            if (failure == null) {
                metrics.published(row.createdAt());
            }
        }));
    }

    private Span span(OutboxRow row, Map<String, String> headers) {
        return traces.continuing(headers)
                .name("outbox " + settings.topicOf(row.aggregate()))
                .kind(Span.Kind.PRODUCER)
                .tag("event.id", row.id().toString())
                .tag("event.type", row.type())
                .startTimestamp(row.createdAt().toEpochMilli(), MILLISECONDS)
                .start();
    }

    private ProducerRecord<String, byte[]> record(OutboxRow row, String payload, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                settings.topicOf(row.aggregate()), row.aggregate().id(), payload.getBytes(UTF_8));
        CloudEvents.write(row.metadata(source), message.headers());
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }
}
