package dev.herald.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Measures the outbox relay of user-service. The type of its events is one that no consumer handles; the events stay on their topic. */
final class OutboxScenarios {

    private static final int DRAINED = 20_000;
    private static final int DRAINED_PER_SECOND = 200;
    private static final int DRAINED_SECONDS = 15;
    private static final int DISTURBED_PER_SECOND = 50;
    private static final int DISTURBED_SECONDS = 10;
    private static final int WAITING_ROWS = 50_000;
    private static final int DEAD_ROWS = 250_000;
    private static final double NANOS = 1e9;

    private OutboxScenarios() {}

    /** Measures the rate of the relay, compared with writing the rows alone, and the waiting time of an event at a steady rate. */
    static Scenario.Outcome drain(Scenario scenario, Bench bench) throws Exception {
        Database database = bench.target().usersDatabase();
        OutboxTable outbox = new OutboxTable(database, "outbox");
        OutboxTable alone = OutboxTable.withoutRelay(database);
        String steady = "outbox at %d/s".formatted(DRAINED_PER_SECOND);
        try {
            List<Measured> measured = bench.inRounds(List.of("rows written alone", scenario.name(), steady), () -> {
                bench.say("writing and relaying %,d events, then %d a second".formatted(DRAINED, DRAINED_PER_SECOND));
                return List.of(
                        rate(DRAINED, alone.write(drainedEvents(DRAINED), Duration.ZERO)),
                        drainRate(outbox, DRAINED),
                        outbox.relay(drainedEvents(DRAINED_PER_SECOND * DRAINED_SECONDS), DRAINED_PER_SECOND, bench));
            });
            String time = "last acknowledgement to rows written alone, time";
            return new Scenario.Outcome(
                    measured,
                    List.of(
                            Ratio.of(time, measured.get(0), measured.get(1), Figures::perSecond, Aim.atMost(1.3)),
                            Ratio.ofMillis(steady + ", p99 in ms", measured.get(2), Figures::p99, 25)));
        } finally {
            alone.drop();
        }
    }

    static Figures drainRate(OutboxTable outbox, int count) throws SQLException, InterruptedException {
        return drainRate(outbox, drainedEvents(count));
    }

    /** The rate from the first write to Kafka's last acknowledgement. */
    static Figures drainRate(OutboxTable outbox, List<OutboxTable.Event> events)
            throws SQLException, InterruptedException {
        return rate(events.size(), outbox.drain(events));
    }

    private static Figures rate(int count, long nanos) {
        return new Figures(count * NANOS / nanos, Double.NaN, Double.NaN);
    }

    /** Events that are as large as that of a registration. */
    static List<OutboxTable.Event> drainedEvents(int count) {
        return events(count, ",\"text\":\"%s\"".formatted("One of very many. ".repeat(8)));
    }

    private static List<OutboxTable.Event> events(int count, String more) {
        return Stream.generate(UUID::randomUUID)
                .limit(count)
                .map(id -> new OutboxTable.Event(id, "bench.written", "{\"id\":\"%s\"%s}".formatted(id, more)))
                .toList();
    }

    /** Measures how long events wait while many rows wait behind a parked row of their aggregate. */
    static Scenario.Outcome parkedRow(Scenario scenario, Bench bench) throws Exception {
        return disturbed(scenario, bench, "%,d rows behind a parked one".formatted(WAITING_ROWS), database -> {
            database.execute("""
                    with parked as (
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at, parked_at, parked_reason)
                        values (uuidv7(), 'parked', '%1$s', 'parked.written', '{}', '{}', now(), now(), 'benchmark'))
                    insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                    select uuidv7(), 'parked', '%1$s', 'parked.written', '{}', '{}', now() from generate_series(1, %2$d)
                    """.formatted(UUID.randomUUID(), WAITING_ROWS));
            return () -> database.execute("delete from outbox where aggregatetype = 'parked'");
        });
    }

    /** Measures how long events wait while the table has many dead rows that vacuum cannot remove. */
    static Scenario.Outcome heldSnapshot(Scenario scenario, Bench bench) throws Exception {
        return disturbed(scenario, bench, "%,d dead rows under a held snapshot".formatted(DEAD_ROWS), database -> {
            Connection holder = database.connect();
            holder.setAutoCommit(false);
            holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = holder.createStatement()) {
                statement.execute("select");
            }
            // One transaction, so that the relay never sees these rows.
            database.execute("""
                    begin;
                    insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                    select uuidv7(), 'dead', uuidv7(), 'dead.written', '{}', '{}', now() from generate_series(1, %d);
                    delete from outbox where aggregatetype = 'dead';
                    commit
                    """.formatted(DEAD_ROWS));
            return holder::close;
        });
    }

    /** Disturbs the outbox, and returns the action that ends the disturbance. */
    private interface Disturbance {

        Removal put(Database database) throws SQLException;
    }

    private interface Removal extends AutoCloseable {

        @Override
        void close() throws SQLException;
    }

    /** Measures a quiet outbox and a disturbed one in each round. */
    private static Scenario.Outcome disturbed(Scenario scenario, Bench bench, String condition, Disturbance disturbance)
            throws Exception {
        Database database = bench.target().usersDatabase();
        OutboxTable outbox = new OutboxTable(database, "outbox");
        int count = DISTURBED_PER_SECOND * DISTURBED_SECONDS;
        List<Measured> measured = bench.inRounds(List.of("quiet outbox", scenario.name()), () -> {
            bench.say("%d events a second, first in a quiet outbox, then beside %s"
                    .formatted(DISTURBED_PER_SECOND, condition));
            Figures alone = outbox.relay(events(count, ""), DISTURBED_PER_SECOND, bench);
            Figures beside;
            try (Removal _ = disturbance.put(database)) {
                beside = outbox.relay(events(count, ""), DISTURBED_PER_SECOND, bench);
            }
            database.execute("vacuum outbox");
            return List.of(alone, beside);
        });
        Measured quiet = measured.get(0);
        Measured beside = measured.get(1);
        return new Scenario.Outcome(
                measured,
                List.of(Ratio.ofTimes(beside, quiet, Aim.atMost(2)), Ratio.ofSlowest(beside, quiet, Aim.NONE)));
    }
}
