package dev.herald.local.server;

import dev.herald.local.settings.Checkout;
import dev.herald.local.settings.PostgresAddress;
import dev.herald.local.settings.Settings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A database with an outbox that Debezium can read, as {@code deploy/debezium/README.md} describes. */
public record OutboxDatabase(PostgresAddress server, String name) {

    static final List<String> NAMES = List.of(ServiceDatabase.USERS.name(), ServiceDatabase.POSTS.name());

    public static List<OutboxDatabase> all(Settings settings) {
        return Stream.of(ServiceDatabase.USERS, ServiceDatabase.POSTS)
                .map(database -> of(database, settings))
                .toList();
    }

    public static OutboxDatabase of(ServiceDatabase database, Settings settings) {
        return new OutboxDatabase(settings.postgres(), database.name());
    }

    Path connectorFile() {
        return Checkout.debezium().resolve(name + ".json");
    }

    String connector() {
        return "herald-outbox-" + name;
    }

    private String slot() {
        return "herald_outbox_" + name;
    }

    /** Creates the publication of the outbox, and Debezium's role, unless they exist. */
    void publish() throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            if (isAbsent(statement, "select from pg_roles where rolname = 'debezium'")) {
                statement.execute(
                        "create role debezium login replication password '%s'".formatted(Settings.LOCAL_PASSWORD));
            }
            statement.execute("grant connect on database %s to debezium".formatted(name));
            statement.execute("grant select on outbox to debezium");
            if (isAbsent(statement, "select from pg_publication where pubname = 'herald_outbox'")) {
                statement.execute("create publication herald_outbox for table outbox where (topic is not null)"
                        + " with (publish = 'insert')");
            }
        }
    }

    static boolean haveSlots(List<OutboxDatabase> databases) throws SQLException {
        for (OutboxDatabase database : databases) {
            if (database.hasSlot()) {
                return true;
            }
        }
        return false;
    }

    public boolean hasSlot() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            return !isAbsent(statement, "select from pg_replication_slots where slot_name = '%s'".formatted(slot()));
        }
    }

    /** Whether Debezium has published everything that is in the WAL now. */
    public boolean isDrained(String position) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            return isAbsent(
                    statement,
                    "select from pg_replication_slots where slot_name = '%s' and confirmed_flush_lsn < '%s'"
                            .formatted(slot(), position));
        }
    }

    /** The end of the WAL now. */
    public String endOfWal() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet end = statement.executeQuery("select pg_current_wal_insert_lsn()")) {
            end.next();
            return end.getString(1);
        }
    }

    /** Drops the slot, which would keep WAL for ever, and the publication. */
    public void withdraw() throws SQLException {
        try (Connection connection = server.connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'"
                            .formatted(slot()));
            statement.execute("drop publication if exists herald_outbox");
        }
    }

    private static boolean isAbsent(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return !result.next();
        }
    }
}
