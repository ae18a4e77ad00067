package dev.herald.local.suite;

import dev.herald.local.process.Polling;
import dev.herald.local.server.ComponentFailed;
import dev.herald.local.server.KafkaConnect;
import dev.herald.local.server.OutboxDatabase;
import dev.herald.local.settings.Settings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Begins and ends the use of Debezium while services run whose events the relay publishes. */
record DebeziumSwitch(Settings settings, RunRecords records, Runner runner) {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(1);

    void begin(OutboxDatabase database) throws InterruptedException {
        runner.start(new KafkaConnect(settings, List.of(database)));
    }

    /**
     * Drops the slots. The relay waits while a slot exists, so Kafka Connect first publishes what is left in the WAL, if need be of an earlier
     * run of the suite.
     */
    void end() throws InterruptedException {
        try {
            List<OutboxDatabase> left = withSlot();
            if (!left.isEmpty()) {
                end(left);
            }
        } catch (SQLException e) {
            throw new ComponentFailed("postgres", "refuses to end the use of Debezium: " + e.getMessage(), List.of());
        }
    }

    private void end(List<OutboxDatabase> databases) throws SQLException, InterruptedException {
        KafkaConnect connect = new KafkaConnect(settings, databases);
        if (records.find(connect.name()).flatMap(RunRecord::process).isEmpty()) {
            runner.start(connect);
        }
        for (OutboxDatabase database : databases) {
            drain(database);
        }
        runner.stop(connect);
        records.forget(connect.name());
        for (OutboxDatabase database : databases) {
            database.withdraw();
        }
    }

    private List<OutboxDatabase> withSlot() throws SQLException {
        List<OutboxDatabase> left = new ArrayList<>();
        for (OutboxDatabase database : OutboxDatabase.all(settings)) {
            if (database.hasSlot()) {
                left.add(database);
            }
        }
        return left;
    }

    private static void drain(OutboxDatabase database) throws SQLException, InterruptedException {
        String end = database.endOfWal();
        if (!Polling.until(() -> isDrained(database, end), DRAIN_LIMIT)) {
            throw new ComponentFailed(
                    "kafka-connect",
                    "has not published all events of the database %s within a minute".formatted(database.name()),
                    List.of());
        }
    }

    private static boolean isDrained(OutboxDatabase database, String end) {
        try {
            return database.isDrained(end);
        } catch (SQLException e) {
            return false;
        }
    }
}
