package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.lifecycle.BackgroundThread;
import dev.herald.platform.observability.Traces;
import dev.herald.platform.problem.LoggedFailure;
import dev.herald.platform.topic.EventTopic;
import io.micrometer.tracing.Span;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes the outbox to Kafka: reads rows in the order of writing, sends them with an idempotent producer, and deletes
 * them when the broker has acknowledged them. Delivery is at least once, and in order per aggregate without repeats (the
 * same {@code ce_id}). No transaction is open while the relay waits for Kafka.
 * <p>Every replica has a relay; the one with the advisory lock leads, and the others wait for the lock.
 */
class OutboxRelay extends BackgroundThread {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);

    /** After a batch of this size or more the relay pauses, so that the next batch is larger and costs less for each event. */
    private static final int BUSY = 20;

    private static final Duration LINGER = Duration.ofMillis(20);

    /** Older rows are a backlog, for which the relay does not wait. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final JdbcConnectionDetails database;
    private final Supplier<Producer<String, byte[]>> producers;
    private final JsonMapper json;
    private final OutboxSettings settings;
    private final OutboxMetrics metrics;
    private final Traces traces;
    private final String source;
    private final ExponentialBackOff backOff;
    private BackOffExecution failures;

    /**
     * Sent rows whose outcome is not in the database yet; a new session deletes those that Kafka has taken instead of
     * sending them again.
     */
    private List<Sent> unsettled = List.of();

    OutboxRelay(
            JdbcConnectionDetails database,
            Supplier<Producer<String, byte[]>> producers,
            JsonMapper json,
            OutboxSettings settings,
            OutboxMetrics metrics,
            Traces traces,
            String service) {
        super(Thread.ofPlatform().name("outbox-relay"), settings.pollInterval().plusSeconds(2));
        this.database = database;
        this.producers = producers;
        this.json = json;
        this.settings = settings;
        this.metrics = metrics;
        this.traces = traces;
        this.source = "/" + service;
        this.backOff = new ExponentialBackOff(FIRST_BACK_OFF.toMillis(), 2);
        this.backOff.setMaxInterval(settings.maxBackOff().toMillis());
        this.failures = backOff.start();
    }

    /** Lets the batch end, because rows whose outcome is not stored would be published again. */
    @Override
    protected void end(Thread running) {}

    @Override
    protected void run() {
        while (isRunning()) {
            try (OutboxSession session = OutboxSession.open(database)) {
                follow(session);
                if (isRunning()) {
                    lead(session);
                }
            } catch (Throwable e) {
                // Catches everything, because nothing else would restart this thread.
                Duration pause = nextPause();
                log.warn("The outbox relay starts again in {} ms: {}", pause.toMillis(), LoggedFailure.summary(e));
                sleep(pause);
            }
        }
    }

    private void follow(OutboxSession session) throws SQLException {
        while (isRunning() && !session.tryToLead()) {
            sleep(settings.pollInterval());
        }
    }

    private void lead(OutboxSession session) throws SQLException {
        log.info("This instance relays the outbox");
        session.listen();
        OutboxReader reader = new OutboxReader(session, settings.batchSize());
        settle(session, reader);
        while (isRunning()) {
            try (Producer<String, byte[]> producer = producers.get()) {
                relay(session, reader, producer);
            }
        }
    }

    /** Returns when the relay stops, or after an error that makes the producer unusable. */
    private void relay(OutboxSession session, OutboxReader reader, Producer<String, byte[]> producer)
            throws SQLException {
        while (isRunning()) {
            List<OutboxRow> rows = reader.next();
            if (rows.isEmpty()) {
                session.awaitRows(settings.pollInterval());
                continue;
            }
            Outcome outcome = publish(rows, session, reader, producer);
            if (outcome.setbacks().isEmpty()) {
                failures = backOff.start();
                if (rows.size() >= BUSY && rows.size() < settings.batchSize() && isFresh(rows.getFirst())) {
                    sleep(LINGER);
                }
                continue;
            }
            log.warn(
                    "Kafka took {} of {} events, the others wait: {}",
                    outcome.acknowledged(),
                    rows.size(),
                    LoggedFailure.summary(outcome.setbacks().getFirst()));
            pause(nextPause(), session);
            if (!outcome.setbacks().stream().allMatch(RetriableException.class::isInstance)) {
                return;
            }
        }
    }

    /**
     * The outcome of a batch.
     *
     * @param setbacks why rows must be sent again; empty if Kafka took or refused every row
     */
    private record Outcome(int acknowledged, List<Throwable> setbacks) {}

    private Outcome publish(
            List<OutboxRow> rows, OutboxSession session, OutboxReader reader, Producer<String, byte[]> producer)
            throws SQLException {
        unsettled = send(rows, producer);
        for (Sent sent : unsettled) {
            await(sent.acknowledgement(), session);
        }
        return settle(session, reader);
    }

    private Outcome settle(OutboxSession session, OutboxReader reader) throws SQLException {
        List<Sent> acknowledged = new ArrayList<>();
        List<Sent> refused = new ArrayList<>();
        List<Throwable> setbacks = new ArrayList<>();
        for (Sent sent : unsettled) {
            Throwable failure = sent.failure();
            if (failure == null) {
                acknowledged.add(sent);
            } else if (isRefusal(failure)) {
                refused.add(sent);
            } else {
                setbacks.add(failure);
            }
        }
        session.delete(acknowledged.stream().map(Sent::row).toList());
        unsettled = refused;
        for (Sent sent : acknowledged) {
            reader.deleted(sent.row());
            sent.span().end();
        }
        for (Sent sent : refused) {
            park(sent.row(), Objects.requireNonNull(sent.failure()), session);
            sent.span().end();
        }
        unsettled = List.of();
        return new Outcome(acknowledged.size(), setbacks);
    }

    private static void park(OutboxRow row, Throwable failure, OutboxSession session) throws SQLException {
        session.park(row, failure.toString());
        log.error(
                "Event {} ({}) cannot be published and is parked: {}",
                row.id(),
                row.type(),
                LoggedFailure.summary(failure));
    }

    /**
     * A row that was handed to the producer.
     *
     * @param span in the trace that wrote the row, until the outcome is in the database
     */
    private record Sent(OutboxRow row, Span span, Future<RecordMetadata> acknowledgement) {

        /** Null if Kafka has taken it. */
        @Nullable
        Throwable failure() {
            return switch (acknowledgement.state()) {
                case SUCCESS -> null;
                case FAILED -> acknowledgement.exceptionNow();
                case RUNNING, CANCELLED -> new TimeoutException("no answer yet");
            };
        }
    }

    /** Stops at the first immediate failure, because without a broker each further row would block as long. */
    private List<Sent> send(List<OutboxRow> rows, Producer<String, byte[]> producer) {
        List<Sent> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            Sent latest = send(row, producer);
            sent.add(latest);
            Future<RecordMetadata> acknowledgement = latest.acknowledgement();
            if (acknowledgement.state() == Future.State.FAILED && !isRefusal(acknowledgement.exceptionNow())) {
                break;
            }
        }
        return sent;
    }

    private Sent send(OutboxRow row, Producer<String, byte[]> producer) {
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
            return new Sent(row, span, CompletableFuture.failedFuture(e));
        } catch (RuntimeException e) {
            return new Sent(
                    row, span, CompletableFuture.failedFuture(new InvalidRecordException("no record: " + e, e)));
        }
        return new Sent(row, span, producer.send(message, (metadata, failure) -> {
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

    /** Waits for Kafka's answer and uses the session meanwhile, because an idle session would lose the lead. */
    private void await(Future<RecordMetadata> acknowledgement, OutboxSession session) throws SQLException {
        while (isRunning()) {
            try {
                acknowledgement.get(settings.pollInterval().toMillis(), MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                session.keepAlive();
            } catch (ExecutionException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Whether the row itself is refused, so that no retry can succeed. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException;
    }

    private static boolean isFresh(OutboxRow row) {
        return row.createdAt().isAfter(Instant.now().minus(FRESH));
    }

    private void pause(Duration pause, OutboxSession session) throws SQLException {
        for (Duration left = pause; left.isPositive() && isRunning(); left = left.minus(settings.pollInterval())) {
            sleep(left.compareTo(settings.pollInterval()) < 0 ? left : settings.pollInterval());
            session.keepAlive();
        }
    }

    private Duration nextPause() {
        return Duration.ofMillis(failures.nextBackOff());
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
