package dev.herald.platform.housekeeping;

import java.time.Duration;

/**
 * Rows that {@link Housekeeping} deletes.
 *
 * @param condition in SQL, served by an index; its one parameter is the present time minus {@code age}
 */
public record Purge(String table, String condition, Duration age) {

    String sql() {
        return "delete from %1$s where ctid in (select ctid from %1$s where %2$s limit ?)".formatted(table, condition);
    }
}
