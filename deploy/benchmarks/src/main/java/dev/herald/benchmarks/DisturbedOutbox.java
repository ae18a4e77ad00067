package dev.herald.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The outbox relay of user-service under a disturbance: how long do events wait, compared with a quiet outbox? Each round measures both.
 * No consumer handles events of this type.
 */
final class DisturbedOutbox implements Scenario {

    private static final int PER_SECOND = 50;
    private static final int SECONDS = 10;
    private static final int WAITING_ROWS = 50_000;
    private static final int DEAD_ROWS = 250_000;

    private final String name;
    private final String condition;
    private final Disturbance disturbance;

    private interface Disturbance {

        Removal put(Database database) throws SQLException;
    }

    private interface Removal extends AutoCloseable {

        @Override
        void close() throws SQLException;
    }

    private DisturbedOutbox(String name, String condition, Disturbance disturbance) {
        this.name = name;
        this.condition = condition;
        this.disturbance = disturbance;
    }

    static DisturbedOutbox byParkedRow() {
        return new DisturbedOutbox(
                "outbox-tail",
                "%,d rows behind a parked one".formatted(WAITING_ROWS),
                DisturbedOutbox::parkARowBeforeManyOthers);
    }

    static DisturbedOutbox byHeldSnapshot() {
        return new DisturbedOutbox(
                "outbox-xmin",
                "%,d dead rows under a held snapshot".formatted(DEAD_ROWS),
                DisturbedOutbox::holdASnapshotBeforeDeadRows);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Outcome run(Bench bench) throws Exception {
        Database database = bench.target().usersDatabase();
        OutboxTable outbox = new OutboxTable(database, "outbox");
        List<Figures> quiet = new ArrayList<>();
        List<Figures> disturbed = new ArrayList<>();
        // A round before the first is the warm-up.
        for (int round = 0; round <= bench.rounds(); round++) {
            bench.say("%d events a second, first in a quiet outbox, then beside %s".formatted(PER_SECOND, condition));
            Figures alone = outbox.relay(events(), PER_SECOND, bench);
            Figures beside;
            try (Removal _ = disturbance.put(database)) {
                beside = outbox.relay(events(), PER_SECOND, bench);
            }
            execute(database, "vacuum outbox");
            if (round > 0) {
                quiet.add(alone);
                disturbed.add(beside);
            }
        }
        Measured before = new Measured("quiet outbox", quiet, Map.of());
        Measured after = new Measured(name, disturbed, Map.of());
        return new Outcome(
                List.of(before, after),
                List.of(
                        Ratio.ofTimes(after, before, Aim.atMost(2)),
                        Ratio.of(
                                "%s to %s, p99".formatted(after.name(), before.name()),
                                after,
                                Figures::p99,
                                before,
                                Figures::p99,
                                Aim.NONE)));
    }

    private static Removal parkARowBeforeManyOthers(Database database) throws SQLException {
        UUID aggregate = UUID.randomUUID();
        execute(database, """
                with parked as (
                    insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at, parked_at, parked_reason)
                    values (uuidv7(), 'parked', '%1$s', 'parked.written', '{}', '{}', now(), now(), 'benchmark'))
                insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                select uuidv7(), 'parked', '%1$s', 'parked.written', '{}', '{}', now() from generate_series(1, %2$d)
                """.formatted(aggregate, WAITING_ROWS));
        return () -> execute(database, "delete from outbox where aggregatetype = 'parked'");
    }

    private static Removal holdASnapshotBeforeDeadRows(Database database) throws SQLException {
        Connection holder = database.connect();
        holder.setAutoCommit(false);
        holder.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = holder.createStatement()) {
            statement.execute("select");
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            // The relay sees none of them.
            connection.setAutoCommit(false);
            statement.execute("""
                    insert into outbox (id, aggregatetype, aggregateid, type, payload, headers, created_at)
                    select uuidv7(), 'dead', uuidv7(), 'dead.written', '{}', '{}', now() from generate_series(1, %d)
                    """.formatted(DEAD_ROWS));
            statement.execute("delete from outbox where aggregatetype = 'dead'");
            connection.commit();
        }
        return holder::close;
    }

    private static List<OutboxEvent> events() {
        return IntStream.range(0, PER_SECOND * SECONDS)
                .mapToObj(number -> UUID.randomUUID())
                .map(id -> new OutboxEvent(id, "bench.written", "{\"id\":\"%s\"}".formatted(id)))
                .toList();
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
