package dev.herald.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.herald.platform.event.CloudEvents;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes the outbox to Kafka: reads rows in the order of writing, sends them with an idempotent producer, and deletes
 * them once the broker has acknowledged them. At least once, and in order per aggregate when repeats (the same
 * {@code ce_id}) are dropped. No transaction is open while Kafka is waited for.
 *
 * <p>Every replica runs one; the one that holds the advisory lock leads, the others wait to take over.
 */
class OutboxRelay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final JdbcConnectionDetails database;
    private final Supplier<Producer<String, byte[]>> producers;
    private final JsonMapper json;
    private final OutboxSettings settings;
    private final OutboxMetrics metrics;
    private final String source;
    private volatile @Nullable Thread thread;

    OutboxRelay(
            JdbcConnectionDetails database,
            Supplier<Producer<String, byte[]>> producers,
            JsonMapper json,
            OutboxSettings settings,
            OutboxMetrics metrics,
            String service) {
        this.database = database;
        this.producers = producers;
        this.json = json;
        this.settings = settings;
        this.metrics = metrics;
        this.source = "/" + service;
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
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
        Duration backOff = FIRST_BACK_OFF;
        Producer<String, byte[]> producer = producers.get();
        while (isRunning()) {
            try (OutboxSession session = OutboxSession.open(database)) {
                backOff = FIRST_BACK_OFF;
                lead(session, producer);
            } catch (SQLException | RuntimeException e) {
                log.warn("The outbox relay starts again in {} ms: {}", backOff.toMillis(), e.toString());
                sleep(backOff);
                backOff = longer(backOff);
            }
        }
        producer.close(CLOSE_TIMEOUT);
    }

    private void lead(OutboxSession session, Producer<String, byte[]> producer) throws SQLException {
        while (isRunning() && !session.tryToLead()) {
            sleep(settings.pollInterval());
        }
        log.info("This instance relays the outbox");
        session.listen();
        Duration backOff = FIRST_BACK_OFF;
        while (isRunning()) {
            List<OutboxRow> rows = session.nextRows(settings.batchSize());
            if (rows.isEmpty()) {
                session.awaitRows(settings.pollInterval());
            } else if (publish(rows, session, producer)) {
                backOff = FIRST_BACK_OFF;
            } else {
                pause(backOff, session);
                backOff = longer(backOff);
            }
        }
    }

    /** @return whether Kafka took or refused every row; false if it could not be asked */
    private boolean publish(List<OutboxRow> rows, OutboxSession session, Producer<String, byte[]> producer)
            throws SQLException {
        List<Long> acknowledged = new ArrayList<>();
        boolean complete = true;
        for (Sent sent : send(rows, producer)) {
            Throwable failure = failureOf(sent, session);
            if (failure == null) {
                acknowledged.add(sent.row().seq());
                metrics.published(sent.row().createdAt());
            } else if (isRefusal(failure)) {
                log.error(
                        "Kafka refuses event {} ({}): it is parked",
                        sent.row().id(),
                        sent.row().type(),
                        failure);
                session.park(sent.row().seq(), failure.toString());
            } else {
                log.warn("Kafka did not take event {}: {}", sent.row().id(), failure.toString());
                complete = false;
                break;
            }
        }
        session.delete(acknowledged);
        return complete;
    }

    private record Sent(OutboxRow row, Future<RecordMetadata> acknowledgement) {}

    /** Stops at the first row that fails at once: with no broker in sight, each further one would block as long. */
    private List<Sent> send(List<OutboxRow> rows, Producer<String, byte[]> producer) {
        List<Sent> sent = new ArrayList<>(rows.size());
        for (OutboxRow row : rows) {
            Future<RecordMetadata> acknowledgement = producer.send(record(row));
            sent.add(new Sent(row, acknowledgement));
            if (acknowledgement.state() == Future.State.FAILED && !isRefusal(acknowledgement.exceptionNow())) {
                break;
            }
        }
        return sent;
    }

    private ProducerRecord<String, byte[]> record(OutboxRow row) {
        ProducerRecord<String, byte[]> message = new ProducerRecord<>(
                settings.topic(), row.aggregateId(), row.payload().getBytes(UTF_8));
        CloudEvents.write(row.metadata(source), message.headers());
        Map<String, String> more = json.readValue(row.headers(), new TypeReference<>() {});
        more.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return message;
    }

    /** Waits for the acknowledgement, and uses the session meanwhile: an idle one would lose the lead. */
    private @Nullable Throwable failureOf(Sent sent, OutboxSession session) throws SQLException {
        while (true) {
            try {
                sent.acknowledgement().get(settings.pollInterval().toMillis(), MILLISECONDS);
                return null;
            } catch (TimeoutException e) {
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
                || failure instanceof InvalidRecordException
                || failure instanceof SerializationException;
    }

    private void pause(Duration backOff, OutboxSession session) throws SQLException {
        for (Duration left = backOff; left.isPositive() && isRunning(); left = left.minus(settings.pollInterval())) {
            sleep(left.compareTo(settings.pollInterval()) < 0 ? left : settings.pollInterval());
            session.keepAlive();
        }
    }

    private Duration longer(Duration backOff) {
        Duration doubled = backOff.multipliedBy(2);
        return doubled.compareTo(settings.maxBackOff()) < 0 ? doubled : settings.maxBackOff();
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
