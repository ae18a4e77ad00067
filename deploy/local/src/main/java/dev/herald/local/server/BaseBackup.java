package dev.herald.local.server;

import dev.herald.local.settings.PostgresAddress;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;

/**
 * Copies the data folder of a running PostgreSQL, by the low-level interface of PostgreSQL's documentation (25.3.4), because the embedded
 * programs have no {@code pg_basebackup}. The copy has no WAL.
 */
public final class BaseBackup {

    /** Contents that a server makes anew. */
    private static final Set<String> LEFT_OUT =
            Set.of("pg_wal", "pg_replslot", "pg_stat_tmp", "pg_dynshmem", "pg_notify", "pg_snapshots", "pg_subtrans");

    private static final Set<String> FILES_LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private BaseBackup() {}

    public static void take(PostgresAddress server, Path data, Path copy) throws SQLException, IOException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) LIMIT.toMillis());
            statement.execute("select pg_backup_start('herald', fast => true)");
            copy(data, copy);
            try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                end.next();
                Files.writeString(copy.resolve("backup_label"), end.getString("labelfile"));
            }
        }
    }

    public static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        folder,
                        target(folder),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
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
