package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.herald.platform.event.CloudEvents;
import dev.herald.platform.lifecycle.BackgroundWork;
import dev.herald.platform.observability.Traces;
import io.micrometer.tracing.Span;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * them once the broker has acknowledged them. At least once, and in order per aggregate when repeats (the same
 * {@code ce_id}) are dropped. No transaction is open while Kafka is waited for.
 *
 * <p>Every replica runs one; the one that holds the advisory lock leads, the others wait to take over.
 */
class OutboxRelay implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);

    /**
     * Only a busy outbox has as many rows at once. The next batch is larger for a moment's wait, and all that a batch costs, in the
     * database, the broker and every consumer, is shared by more events.
     */
    private static final int BUSY = 20;

    private static final Duration LINGER = Duration.ofMillis(20);

    /** What is older is a backlog, and there is nothing to wait for. */
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
    private volatile @Nullable Thread thread;

    OutboxRelay(
            JdbcConnectionDetails database,
            Supplier<Producer<String, byte[]>> producers,
            JsonMapper json,
            OutboxSettings settings,
            OutboxMetrics metrics,
            Traces traces,
            String service) {
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

    @Override
    public void start() {
        Thread relay = Thread.ofPlatform().name("outbox-relay").unstarted(this::run);
        thread = relay;
        relay.start();
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            try {
                running.join(settings.pollInterval().plusSeconds(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (isRunning()) {
            try (OutboxSession session = OutboxSession.open(database)) {
                follow(session);
                if (isRunning()) {
                    lead(session);
                }
            } catch (Throwable e) {
                // Whatever it is, nobody else would start this thread again.
                Duration pause = nextPause();
                log.warn("The outbox relay starts again in {} ms: {}", pause.toMillis(), e.toString());
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
        // A new one for each lead: a producer that has met a fatal error stays broken.
        try (Producer<String, byte[]> producer = producers.get()) {
            while (isRunning()) {
                List<OutboxRow> rows = session.nextRows(settings.batchSize());
                if (rows.isEmpty()) {
                    session.awaitRows(settings.pollInterval());
                } else if (publish(rows, session, producer)) {
                    failures = backOff.start();
                    if (rows.size() >= BUSY && rows.size() < settings.batchSize() && isFresh(rows.getFirst())) {
                        sleep(LINGER);
                    }
                } else {
                    pause(nextPause(), session);
                }
            }
        }
    }

    /** @return whether Kafka took or refused every row; false if some must be tried again */
    private boolean publish(List<OutboxRow> rows, OutboxSession session, Producer<String, byte[]> producer)
            throws SQLException {
        List<Long> acknowledged = new ArrayList<>();
        List<Throwable> setbacks = new ArrayList<>();
        for (Sent sent : send(rows, producer)) {
            Throwable failure = failureOf(sent, session);
            if (failure == null) {
                acknowledged.add(sent.row().seq());
                metrics.published(sent.row().createdAt());
                sent.span().end();
            } else if (isRefusal(failure)) {
                log.error(
                        "Event {} ({}) cannot be published and is parked",
                        sent.row().id(),
                        sent.row().type(),
                        failure);
                session.park(sent.row().seq(), failure.toString());
                sent.span().error(failure).end();
            } else {
                setbacks.add(failure);
            }
        }
        session.delete(acknowledged);
        if (!setbacks.isEmpty()) {
            log.warn(
                    "Kafka took {} of {} events, the others wait: {}",
                    acknowledged.size(),
                    rows.size(),
                    setbacks.getFirst().toString());
        }
        return setbacks.isEmpty();
    }

    /** @param span of the trace that wrote the row, from then until Kafka has answered; what is to be tried again is none yet */
    private record Sent(OutboxRow row, Span span, Future<RecordMetadata> acknowledgement) {}

    /** Stops at the first row that fails at once: with no broker in sight, each further one would block as long. */
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
            Map<String, String> headers = json.readValue(row.headers(), new TypeReference<>() {});
            span = span(row, headers);
            headers.putAll(traces.keep(span));
            message = record(row, headers);
        } catch (RuntimeException e) {
            return new Sent(
                    row, span, CompletableFuture.failedFuture(new InvalidRecordException("no record: " + e, e)));
        }
        return new Sent(row, span, producer.send(message));
    }

    private Span span(OutboxRow row, Map<String, String> headers) {
        return traces.takeUp(headers)
                .name("outbox " + settings.topic())
                .kind(Span.Kind.PRODUCER)
                .tag("event.id", row.id().toString())
                .tag("event.type", row.type())
                .startTimestamp(row.createdAt().toEpochMilli(), MILLISECONDS)
                .start();
    }

    private ProducerRecord<String, byte[]> record(OutboxRow row, Map<String, String> headers) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                settings.topic(), row.aggregateId(), row.payload().getBytes(UTF_8));
        CloudEvents.write(row.metadata(source), message.headers());
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }

    /** Waits for the acknowledgement, and uses the session meanwhile: an idle one would lose the lead. */
    private @Nullable Throwable failureOf(Sent sent, OutboxSession session) throws SQLException {
        while (true) {
            try {
                sent.acknowledgement().get(settings.pollInterval().toMillis(), MILLISECONDS);
                return null;
            } catch (TimeoutException e) {
                if (!isRunning()) {
                    return e;
                }
                session.keepAlive();
            } catch (ExecutionException e) {
                return e.getCause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return e;
            }
        }
    }

    /** What no repetition can change is the row's own fault; everything else is the broker's or the network's. */
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
