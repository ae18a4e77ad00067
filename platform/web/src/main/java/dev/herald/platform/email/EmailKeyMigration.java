package dev.herald.platform.email;

import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Fills the column {@code email_key} of a table: first, in SQL, with {@code email} in ASCII lower case; then, in Java,
 * for the addresses that are not ASCII, with their domain in A-labels.
 */
public abstract class EmailKeyMigration implements JavaMigration {

    /** Rows per statement, which bounds its time and memory. */
    private static final int BATCH = 5_000;

    private final MigrationVersion version;
    private final String table;

    protected EmailKeyMigration(String version, String table) {
        this.version = MigrationVersion.fromVersion(version);
        this.table = table;
    }

    private record Row(UUID id, String key) {}

    /** Replaces the keys of the rows; the arrays have the same order. */
    protected abstract void replaceKeys(UUID[] ids, String[] keys, JdbcClient sql);

    @Override
    public void migrate(Context context) {
        JdbcClient sql = JdbcClient.create(new SingleConnectionDataSource(context.getConnection(), true));
        UUID last = fillBatchAfter(new UUID(0, 0), sql);
        while (last != null) {
            last = fillBatchAfter(last, sql);
        }
        List<Row> rows = rowsOutsideAscii(sql);
        replaceKeys(
                rows.stream().map(Row::id).toArray(UUID[]::new),
                rows.stream().map(Row::key).toArray(String[]::new),
                sql);
    }

    private @Nullable UUID fillBatchAfter(UUID id, JdbcClient sql) {
        return sql.sql("""
                with batch as (
                    select id from %1$s where id > :id order by id limit :size for update
                ), filled as (
                    update %1$s set email_key = lower(email collate "C") from batch where %1$s.id = batch.id
                )
                select id from batch order by id desc limit 1
                """.formatted(table))
                .param("id", id)
                .param("size", BATCH)
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    private List<Row> rowsOutsideAscii(JdbcClient sql) {
        return sql.sql("select id, email from %s where octet_length(email) > char_length(email)".formatted(table))
                .query((row, index) ->
                        new Row(row.getObject("id", UUID.class), EmailAddress.keyOf(row.getString("email"))))
                .list();
    }

    @Override
    public MigrationVersion getVersion() {
        return version;
    }

    @Override
    public String getDescription() {
        return "email keys";
    }

    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
