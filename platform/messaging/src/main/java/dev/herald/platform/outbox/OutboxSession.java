package dev.herald.platform.outbox;

import dev.herald.platform.outbox.OutboxRow.Aggregate;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
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
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLState;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The relay's database connection, outside the pool. The advisory lock of the leader belongs to this connection: a
 * leader that is killed, cut off or frozen loses both, and its later statements fail.
 */
final class OutboxSession implements AutoCloseable {

    /**
     * PostgreSQL ends the session of a leader that is idle for this long, because it counts as frozen; a working leader
     * uses its session every second.
     */
    private static final String IDLE_SESSION_TIMEOUT = "-c idle_session_timeout=5s";

    /** PostgreSQL ends the session of a client that does not read its result for this long (Linux: tcp(7)); such a session is not idle. */
    private static final String UNREAD_RESULT_TIMEOUT = "-c tcp_user_timeout=5s";

    /** Commits do not wait for the disk: if a crash loses a deletion, the event is only published again. */
    private static final String ASYNCHRONOUS_COMMIT = "-c synchronous_commit=off";

    /**
     * Allows only plans that read along an index and stop at the last wanted row. The outbox is mostly empty, so the
     * planner's statistics say that it is empty, and a plan for an empty table reads and sorts all rows. For the same
     * reason {@code offset 0} and {@code seq + 0} in {@link OutboxQueries} force a look-up in an index for the earlier rows of an
     * aggregate.
     */
    private static final String ALONG_AN_INDEX =
            "-c enable_seqscan=off -c enable_bitmapscan=off -c max_parallel_workers_per_gather=0";

    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

    /** Shorter than the socket timeout, so that reading many millions of rows is cancelled before it would end the session. */
    private static final Duration BACKLOG_TIMEOUT = Duration.ofSeconds(5);

    private final Connection connection;

    private OutboxSession(Connection connection) {
        this.connection = connection;
    }

    static OutboxSession open(JdbcConnectionDetails database) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, database.getUsername());
        PGProperty.PASSWORD.set(properties, database.getPassword());
        PGProperty.APPLICATION_NAME.set(properties, "outbox relay");
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) SOCKET_TIMEOUT.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) SOCKET_TIMEOUT.toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.OPTIONS.set(
                properties,
                String.join(" ", IDLE_SESSION_TIMEOUT, UNREAD_RESULT_TIMEOUT, ASYNCHRONOUS_COMMIT, ALONG_AN_INDEX));
        return new OutboxSession(DriverManager.getConnection(database.getJdbcUrl(), properties));
    }

    /** Tries to become the leader, which one session of this database can be; the lead ends with the session. */
    boolean tryToLead() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_try_advisory_lock(hashtext('herald.outbox'))")) {
            return result.next() && result.getBoolean(1);
        }
    }

    void listen() throws SQLException {
        execute("listen " + OutboxNotifier.CHANNEL);
    }

    /** Waits for a notification of new rows, or for {@code atMost}. */
    void awaitRows(Duration atMost) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.max(1, atMost.toMillis())));
    }

    /** Uses the session, because PostgreSQL ends an idle session, and with it the lead. */
    void keepAlive() throws SQLException {
        execute("select 1");
    }

    /** @param isCut whether a limit ended the read, so that there may be more rows */
    record Rows(List<OutboxRow> rows, boolean isCut) {}

    /**
     * The rows above a position in {@code seq} order, but only the first row of each aggregate: the next ones wait
     * until the first is acknowledged, and while it is parked.
     */
    Rows rowsAbove(long floor, int limit) throws SQLException {
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
    Rows firstRowsOf(Map<Aggregate, Long> aggregates, long atMost, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OutboxQueries.FIRST_ROWS)) {
            statement.setArray(1, array("text", aggregates.keySet().stream().map(Aggregate::type)));
            statement.setArray(2, array("text", aggregates.keySet().stream().map(Aggregate::id)));
            statement.setArray(3, array("bigint", aggregates.values().stream()));
            statement.setLong(4, atMost);
            statement.setInt(5, limit);
            return read(statement, limit);
        }
    }

    private static Rows read(PreparedStatement statement, int limit) throws SQLException {
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
            return new Rows(rows, rows.size() == limit || bytes >= OutboxQueries.MAX_BATCH_BYTES);
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

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
