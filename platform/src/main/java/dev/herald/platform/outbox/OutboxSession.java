package dev.herald.platform.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The relay's own database session, outside the pool. The advisory lock that makes it the leader lives and dies with
 * this connection, so a leader that is killed, cut off or frozen loses both together, and whatever it still does
 * afterwards fails here before it can delete a row.
 */
final class OutboxSession implements AutoCloseable {

    /** A leader that is silent for so long is taken for frozen; it is used every second. */
    private static final String IDLE_SESSION_TIMEOUT = "-c idle_session_timeout=5s";

    /** Nor is a session idle that cannot get rid of its result: this long the network may hold it (Linux: tcp(7)). */
    private static final String UNREAD_RESULT_TIMEOUT = "-c tcp_user_timeout=5s";

    /** A deletion that a crash of the server undoes is a repeat, so that nobody waits for the disk. */
    private static final String ASYNCHRONOUS_COMMIT = "-c synchronous_commit=off";

    /**
     * The table is empty most of the time, and that is what its statistics say when thousands of rows come at once: a plan for two rows
     * compares each of them with every other. For the same reason the query has an {@code offset 0}, which keeps the look for earlier rows
     * one by one, out of the planner's joins, and adds 0 to {@code seq}, which has an index of its own: only the index of an aggregate's
     * rows is left to choose.
     */
    private static final String NO_PLAN_FOR_AN_EMPTY_TABLE = "-c enable_seqscan=off";

    /** A batch ends with the row that reaches this, so that it fits into memory and into the producer's buffer. */
    private static final int MAX_BATCH_BYTES = 4 * 1024 * 1024;

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
                String.join(
                        " ",
                        IDLE_SESSION_TIMEOUT,
                        UNREAD_RESULT_TIMEOUT,
                        ASYNCHRONOUS_COMMIT,
                        NO_PLAN_FOR_AN_EMPTY_TABLE));
        return new OutboxSession(DriverManager.getConnection(database.getJdbcUrl(), properties));
    }

    /** Takes the lead if no other session of this database has it; holds it until this session ends. */
    boolean tryToLead() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select pg_try_advisory_lock(hashtext('herald.outbox'))")) {
            return result.next() && result.getBoolean(1);
        }
    }

    void listen() throws SQLException {
        execute("listen " + OutboxBell.CHANNEL);
    }

    /** Waits until rows are announced, or for {@code atMost}. */
    void awaitRows(Duration atMost) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications(Math.toIntExact(Math.max(1, atMost.toMillis())));
    }

    /** Keeps the session, and with it the lead, while Kafka is waited for. */
    void keepAlive() throws SQLException {
        execute("select 1");
    }

    /**
     * The next rows in {@code seq} order, of each aggregate only the first: the following ones wait until it is
     * acknowledged, and as long as it is parked.
     */
    List<OutboxRow> nextRows(int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with next as (
                    select seq, id, aggregateid, type, payload, headers, created_at
                    from outbox
                    where parked_at is null
                      and not exists (
                          select 1 from outbox earlier
                          where earlier.aggregatetype = outbox.aggregatetype
                            and earlier.aggregateid = outbox.aggregateid
                            and earlier.seq + 0 < outbox.seq
                          offset 0)
                    order by seq
                    limit ?
                ), sized as (
                    select next.*, sum(octet_length(payload)) over (order by seq) - octet_length(payload) as bytes_before
                    from next
                )
                select * from sized where bytes_before < ? order by seq
                """)) {
            statement.setInt(1, limit);
            statement.setInt(2, MAX_BATCH_BYTES);
            try (ResultSet result = statement.executeQuery()) {
                List<OutboxRow> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(new OutboxRow(
                            result.getLong("seq"),
                            result.getObject("id", UUID.class),
                            result.getString("aggregateid"),
                            result.getString("type"),
                            result.getString("payload"),
                            result.getString("headers"),
                            result.getObject("created_at", OffsetDateTime.class).toInstant()));
                }
                return rows;
            }
        }
    }

    void delete(List<Long> seqs) throws SQLException {
        if (seqs.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("delete from outbox where seq = any (?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", seqs.toArray()));
            statement.executeUpdate();
        }
    }

    void park(long seq, String reason) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("update outbox set parked_at = now(), parked_reason = ? where seq = ?")) {
            statement.setString(1, reason);
            statement.setLong(2, seq);
            statement.executeUpdate();
        }
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
