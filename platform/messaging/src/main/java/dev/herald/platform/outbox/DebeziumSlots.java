package dev.herald.platform.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** The replication slots through which Debezium reads the outbox of this database. */
record DebeziumSlots(Connection connection) {

    /** A lost slot no longer gets changes: PostgreSQL has removed WAL that it needs ({@code max_slot_wal_keep_size}). */
    static final String SLOTS = """
            pg_replication_slots
            where database = current_database()
              and starts_with(slot_name, 'herald_outbox')
              and wal_status is distinct from 'lost'""";

    /** The current end of the WAL; empty if there is no slot. */
    Optional<String> endOfWal() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet end = statement.executeQuery(
                        "select pg_current_wal_insert_lsn()::text where exists (select from %s)".formatted(SLOTS))) {
            return end.next() ? Optional.of(end.getString(1)) : Optional.empty();
        }
    }

    /** Whether Debezium has published everything up to this position of the WAL; true if there is no slot. */
    boolean haveReached(String position) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select coalesce(bool_and(confirmed_flush_lsn >= ?::pg_lsn), true) from " + SLOTS)) {
            statement.setString(1, position);
            try (ResultSet reached = statement.executeQuery()) {
                return reached.next() && reached.getBoolean(1);
            }
        }
    }
}
