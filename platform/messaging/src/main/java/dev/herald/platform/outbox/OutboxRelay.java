package dev.herald.platform.outbox;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.herald.platform.lifecycle.BackgroundThread;
import dev.herald.platform.problem.LoggedFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Publishes the outbox to Kafka: reads rows in the order of writing, sends them with an idempotent producer, and
 * deletes them when the broker has acknowledged them. An event can be delivered more than once, with the same {@code
 * ce_id}; apart from repetitions, an aggregate's events are delivered in order. No transaction is open while the relay
 * waits for Kafka. A row that Kafka refuses for good is parked, and the later rows of its aggregate wait.
 * <p>Every replica has a relay; the one with the advisory lock leads, and the others wait for the lock.
 */
class OutboxRelay extends BackgroundThread {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);

    /** After a batch of this size or more the relay pauses, so that the next batch is larger and costs less for each event. */
    private static final int BUSY = 20;

    private static final Duration LINGER = Duration.ofMillis(20);

    /** The relay pauses only after a batch whose first row is younger than this; older rows are a backlog. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final Duration SLOT_POLL = Duration.ofMillis(100);
    private static final Duration SLOW_SLOT = Duration.ofSeconds(10);

    private final JdbcConnectionDetails database;
    private final Supplier<Producer<String, byte[]>> producers;
    private final OutboxSettings settings;
    private final OutboxSender sender;
    private final ExponentialBackOff backOff;
    private BackOffExecution failures;

    /**
     * Sent rows whose outcome is not in the database yet. A new session deletes those that Kafka has acknowledged
     * instead of sending them again.
     */
    private List<SentRow> unsettled = List.of();

    OutboxRelay(
            JdbcConnectionDetails database,
            Supplier<Producer<String, byte[]>> producers,
            OutboxSettings settings,
            OutboxSender sender) {
        super(Thread.ofPlatform().name("outbox-relay"), settings.pollInterval().plusSeconds(2));
        this.database = database;
        this.producers = producers;
        this.settings = settings;
        this.sender = sender;
        this.backOff = new ExponentialBackOff(FIRST_BACK_OFF.toMillis(), 2);
        this.backOff.setMaxInterval(settings.maxBackOff().toMillis());
        this.failures = backOff.start();
    }

    /** Does not interrupt the thread but lets it end its batch, because rows whose outcome is not stored would be published again. */
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
        OutboxReader reader = new OutboxReader(session.rows(), settings.batchSize());
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
            awaitDebezium(session);
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
     * While Debezium has a slot, waits until it has published what was written before the rows that were just read: an
     * earlier event of the same aggregate may be among it.
     */
    private void awaitDebezium(OutboxSession session) throws SQLException {
        Optional<String> position = session.slots().endOfWal();
        if (position.isEmpty()) {
            return;
        }
        long warning = System.nanoTime() + SLOW_SLOT.toNanos();
        while (isRunning() && !session.slots().haveReached(position.get())) {
            if (System.nanoTime() - warning >= 0) {
                log.warn("Events wait for Debezium, which has not published what was written before them");
                warning += SLOW_SLOT.toNanos();
            }
            sleep(SLOT_POLL);
        }
    }

    /** @param setbacks why rows must be sent again; empty if Kafka acknowledged or refused every row */
    private record Outcome(int acknowledged, List<Throwable> setbacks) {}

    private Outcome publish(
            List<OutboxRow> rows, OutboxSession session, OutboxReader reader, Producer<String, byte[]> producer)
            throws SQLException {
        unsettled = sender.send(rows, producer);
        for (SentRow sent : unsettled) {
            await(sent.acknowledgement(), session);
        }
        return settle(session, reader);
    }

    private Outcome settle(OutboxSession session, OutboxReader reader) throws SQLException {
        List<SentRow> acknowledged = new ArrayList<>();
        List<SentRow> refused = new ArrayList<>();
        List<Throwable> setbacks = new ArrayList<>();
        for (SentRow sent : unsettled) {
            Throwable failure = sent.failure();
            if (failure == null) {
                acknowledged.add(sent);
            } else if (sent.isRefused()) {
                refused.add(sent);
            } else {
                setbacks.add(failure);
            }
        }
        session.rows().delete(acknowledged.stream().map(SentRow::row).toList());
        // The deletion is stored. If parking fails, a new session parks these.
        unsettled = refused;
        for (SentRow sent : acknowledged) {
            reader.deleted(sent.row());
            sent.span().end();
        }
        for (SentRow sent : refused) {
            park(sent.row(), Objects.requireNonNull(sent.failure()), session);
            sent.span().end();
        }
        unsettled = List.of();
        return new Outcome(acknowledged.size(), setbacks);
    }

    private static void park(OutboxRow row, Throwable failure, OutboxSession session) throws SQLException {
        session.rows().park(row, failure.toString());
        log.error(
                "Event {} ({}) cannot be published and is parked: {}",
                row.id(),
                row.type(),
                LoggedFailure.summary(failure));
    }

    /** Waits for Kafka's answer. Uses the session meanwhile, because PostgreSQL ends an idle session, and with it the lead. */
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
