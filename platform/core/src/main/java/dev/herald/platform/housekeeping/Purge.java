package dev.herald.platform.housekeeping;

import java.time.Duration;

/**
 * Rows to be deleted. {@link Housekeeping} deletes them for each bean of this type.
 *
 * @param table whose rows
 * @param condition which of them, in SQL; its one parameter is the moment {@code age} ago. An index should serve it.
 * @param age how long they are kept
 */
public record Purge(String table, String condition, Duration age) {

    String sql() {
        return "delete from %1$s where ctid in (select ctid from %1$s where %2$s limit ?)".formatted(table, condition);
    }
}
