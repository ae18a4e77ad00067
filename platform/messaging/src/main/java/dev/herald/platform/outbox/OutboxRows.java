package dev.herald.platform.outbox;

import dev.herald.platform.outbox.OutboxRow.Aggregate;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.postgresql.util.PSQLState;

/** Reads and changes rows of the table {@code outbox} over the connection of an {@link OutboxSession}. */
record OutboxRows(Connection connection) {

    /** Shorter than the socket timeout, so that reading many millions of rows is cancelled before it would end the session. */
    private static final Duration BACKLOG_TIMEOUT = Duration.ofSeconds(5);

    /** @param isCut whether a limit ended the read, so that there may be more rows */
    record Selection(List<OutboxRow> rows, boolean isCut) {}

    /**
     * The rows above a position in {@code seq} order, but only the first row of each aggregate: the next ones wait
     * until the first is acknowledged, and while it is parked.
     */
    Selection above(long floor, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OutboxQueries.ROWS_ABOVE)) {
            statement.setLong(1, floor);
            statement.setInt(2, limit);
            return read(statement, limit);
        }
    }

    /**
     * The first row of each of these aggregates, unless it is parked.
     *
     * @param aggregates each with a position below its first row
     * @param atMost the highest position of a row
     */
    Selection firstOf(Map<Aggregate, Long> aggregates, long atMost, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OutboxQueries.FIRST_ROWS)) {
            statement.setArray(1, array("text", aggregates.keySet().stream().map(Aggregate::type)));
            statement.setArray(2, array("text", aggregates.keySet().stream().map(Aggregate::id)));
            statement.setArray(3, array("bigint", aggregates.values().stream()));
            statement.setLong(4, atMost);
            statement.setInt(5, limit);
            return read(statement, limit);
        }
    }

    private static Selection read(PreparedStatement statement, int limit) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            List<OutboxRow> rows = new ArrayList<>();
            long bytes = 0;
            while (result.next()) {
                bytes += result.getLong("bytes");
                rows.add(new OutboxRow(
                        result.getLong("seq"),
                        result.getObject("id", UUID.class),
                        new Aggregate(result.getString("aggregatetype"), result.getString("aggregateid")),
                        result.getString("type"),
                        result.getString("payload"),
                        result.getString("headers"),
                        result.getLong("bytes"),
                        result.getObject("created_at", OffsetDateTime.class).toInstant()));
            }
            return new Selection(rows, rows.size() == limit || bytes >= OutboxQueries.MAX_BATCH_BYTES);
        }
    }

    /** The highest {@code seq} that a row was given, committed or not; 0 if there was none. */
    long lastSeq() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'seq')::regclass), 0)")) {
            result.next();
            return result.getLong(1);
        }
    }

    /**
     * The aggregates with rows up to a position and without a parked one, each with the position below its first row. Reads
     * all rows up to there, including dead ones. Empty if there are more aggregates than the limit, or too many rows to
     * read.
     */
    Optional<Map<Aggregate, Long>> backlog(long upTo, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OutboxQueries.BACKLOG)) {
            statement.setQueryTimeout((int) BACKLOG_TIMEOUT.toSeconds());
            statement.setLong(1, upTo);
            statement.setInt(2, limit + 1);
            try (ResultSet result = statement.executeQuery()) {
                Map<Aggregate, Long> backlog = new HashMap<>();
                while (result.next()) {
                    backlog.put(
                            new Aggregate(result.getString("aggregatetype"), result.getString("aggregateid")),
                            result.getLong("below"));
                }
                return backlog.size() > limit ? Optional.empty() : Optional.of(backlog);
            }
        } catch (SQLException e) {
            if (PSQLState.QUERY_CANCELED.getState().equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Compares the id too, because a restored database may have given the {@code seq} to another event. */
    void delete(List<OutboxRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("delete from outbox where seq = any (?) and id = any (?)")) {
            statement.setArray(1, array("bigint", rows.stream().map(OutboxRow::seq)));
            statement.setArray(2, array("uuid", rows.stream().map(OutboxRow::id)));
            statement.executeUpdate();
        }
    }

    void park(OutboxRow row, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "update outbox set parked_at = now(), parked_reason = ? where seq = ? and id = ?")) {
            statement.setString(1, reason);
            statement.setLong(2, row.seq());
            statement.setObject(3, row.id());
            statement.executeUpdate();
        }
    }

    private Array array(String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
