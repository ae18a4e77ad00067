package dev.herald.platform.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
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
     * reason {@code offset 0} and {@code seq + 0} in {@link OutboxQueries} force an index look-up for the earlier rows
     * of an aggregate.
     */
    private static final String ALONG_AN_INDEX =
            "-c enable_seqscan=off -c enable_bitmapscan=off -c max_parallel_workers_per_gather=0";

    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(10);

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

    OutboxRows rows() {
        return new OutboxRows(connection);
    }

    DebeziumSlots slots() {
        return new DebeziumSlots(connection);
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
