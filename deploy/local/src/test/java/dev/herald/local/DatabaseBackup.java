package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.awaitility.Awaitility.await;

import dev.herald.local.server.BaseBackup;
import dev.herald.local.settings.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A base backup and the archived WAL of the embedded PostgreSQL. */
record DatabaseBackup(PostgresAddress server, Path data, Path folder) {

    private Path base() {
        return folder.resolve("base");
    }

    private Path archive() {
        return folder.resolve("wal");
    }

    /** Takes effect with the next start. */
    void archiveTheWal() throws SQLException, IOException {
        Files.createDirectories(archive());
        execute("alter system set archive_mode = on");
        execute("alter system set archive_command = 'cp %%p %s/%%f'".formatted(archive()));
    }

    void takeBase() throws SQLException, IOException {
        BaseBackup.take(server, data, base());
    }

    /** The server's clock. */
    Instant now() throws SQLException {
        return Instant.parse(
                text("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
    }

    /** Closes the present WAL file, and waits until it is archived. */
    void archiveUntilNow() throws SQLException {
        String file = text("select pg_walfile_name(pg_current_wal_lsn())");
        execute("select pg_switch_wal()");
        await().atMost(ofMinutes(1)).until(() -> Files.exists(archive().resolve(file)));
    }

    /**
     * Puts the files where the server finds them, which replays the WAL up to the moment when it starts. It does not know the
     * abbreviations of time zones then.
     */
    void restore(Instant moment) throws IOException {
        BaseBackup.copy(base(), data);
        Files.createFile(data.resolve("recovery.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                """
                restore_command = 'cp %s/%%f %%p'
                recovery_target_time = '%s'
                recovery_target_action = 'promote'
                """.formatted(archive(), moment.toString().replace("Z", "+00")),
                UTF_8,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    void awaitPromotion() {
        await().atMost(ofMinutes(2))
                .ignoreExceptions()
                .until(() -> text("select pg_is_in_recovery()").equals("f"));
    }

    void run(String database, Path script) throws SQLException, IOException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(script));
        }
    }

    List<String> rows(String database, String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            Stream.Builder<String> rows = Stream.builder();
            while (found.next()) {
                rows.add(found.getString(1));
            }
            return rows.build().toList();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String query) throws SQLException {
        return rows("postgres", query).getFirst();
    }
}
