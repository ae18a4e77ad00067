package dev.herald.platform.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The metrics {@code herald_outbox_*}. Every replica measures the table; the leader also measures what it publishes. */
class OutboxMetrics {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final String OLDEST_AGE = """
            with parked as materialized (
                select aggregatetype, aggregateid, seq from outbox where parked_at is not null)
            select coalesce(extract(epoch from now() - min(created_at)), 0)
            from outbox
            where parked_at is null
              and not exists (
                  select 1 from parked
                  where parked.aggregatetype = outbox.aggregatetype
                    and parked.aggregateid = outbox.aggregateid
                    and parked.seq < outbox.seq)
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Counter published;
    private final Timer latency;
    private final OldestTransaction oldestTransaction;
    private final SlotLag slotLag;
    private volatile Instant failedAt = Instant.EPOCH;

    OutboxMetrics(JdbcTemplate jdbc, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        published = Counter.builder("herald.outbox.published")
                .description("Events that Kafka has acknowledged")
                .register(meters);
        latency = Timer.builder("herald.outbox.publish.latency")
                .description("Time from writing an event to Kafka's acknowledgement")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(10))
                .register(meters);
        gauge(meters, "herald.outbox.pending", "Events not yet published", """
                select count(*) from outbox where parked_at is null""");
        gauge(meters, "herald.outbox.parked", "Events that Kafka refuses and that are not sent again", """
                select count(*) from outbox where parked_at is not null""");
        slotLag = new SlotLag(jdbc, clock);
        Gauge.builder(
                        "herald.outbox.oldest.age",
                        this,
                        metrics -> Math.max(metrics.query(OLDEST_AGE), metrics.orNaN(slotLag::seconds)))
                .description("Age of the oldest unpublished event, without events that wait for a parked one;"
                        + " or how far Debezium is behind")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("herald.outbox.slot.lag", this, metrics -> metrics.orNaN(slotLag::bytes))
                .description("Distance from the slot of Debezium to the end of the WAL; 0 without a slot")
                .baseUnit("bytes")
                .register(meters);
        gauge(
                meters,
                "herald.outbox.dead.rows",
                "Rows of the outbox that are deleted and not yet vacuumed, an estimate",
                """
                select n_dead_tup from pg_stat_user_tables where relid = 'outbox'::regclass""");
        oldestTransaction = new OldestTransaction(jdbc, clock);
        Gauge.builder("herald.outbox.oldest.transaction", this, metrics -> orNaN(oldestTransaction::age))
                .description(
                        "Age of the oldest transaction, or replication slot, that keeps deleted rows from being vacuumed")
                .baseUnit("seconds")
                .register(meters);
    }

    void published(Instant writtenAt) {
        published.increment();
        latency.record(Duration.between(writtenAt, clock.instant()).toNanos(), TimeUnit.NANOSECONDS);
    }

    private void gauge(MeterRegistry meters, String name, String description, String sql) {
        Gauge.builder(name, this, metrics -> metrics.query(sql))
                .description(description)
                .register(meters);
    }

    private double query(String sql) {
        return orNaN(() -> jdbc.queryForObject(sql, Double.class));
    }

    /**
     * The figure, or NaN while the database is unavailable, which must not fail the scrape. After a failure no query is
     * sent for some seconds, so that a scrape waits for at most one connection timeout.
     */
    private double orNaN(Supplier<@Nullable Double> figure) {
        if (clock.instant().isBefore(failedAt.plus(PAUSE_AFTER_FAILURE))) {
            return Double.NaN;
        }
        try {
            Double value = figure.get();
            return value == null ? Double.NaN : value;
        } catch (DataAccessException e) {
            failedAt = clock.instant();
            return Double.NaN;
        }
    }
}
