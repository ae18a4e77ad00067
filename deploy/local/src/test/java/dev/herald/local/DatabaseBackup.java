package dev.herald.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static org.awaitility.Awaitility.await;

import dev.herald.local.settings.PostgresAddress;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A base backup and the archived WAL of the embedded PostgreSQL, which has no {@code pg_basebackup}: the low-level interface of
 * PostgreSQL's documentation, 25.3.4.
 */
record DatabaseBackup(PostgresAddress server, Path data, Path folder) {

    /** Contents that a restored server makes anew. */
    private static final Set<String> LEFT_OUT =
            Set.of("pg_wal", "pg_replslot", "pg_stat_tmp", "pg_dynshmem", "pg_notify", "pg_snapshots", "pg_subtrans");

    private static final Set<String> FILES_LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

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
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) ofMinutes(2).toMillis());
            statement.execute("select pg_backup_start('test', fast => true)");
            copy(data, base());
            try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                end.next();
                Files.writeString(base().resolve("backup_label"), end.getString("labelfile"));
            }
        }
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
        copy(base(), data);
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

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, target(folder), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!isLeftOut(from.relativize(file))) {
                    Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            // The backup does not need a file that the server deletes meanwhile.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            private Path target(Path file) {
                return to.resolve(from.relativize(file).toString());
            }
        });
    }

    private static boolean isLeftOut(Path file) {
        return FILES_LEFT_OUT.contains(file.toString())
                || LEFT_OUT.contains(file.getName(0).toString());
    }
}
