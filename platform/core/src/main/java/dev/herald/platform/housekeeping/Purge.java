package dev.herald.platform.housekeeping;

import java.time.Duration;

/**
 * Old rows of a table, which {@link Housekeeping} deletes.
 *
 * @param condition the rows' condition in SQL, which an index must serve; its one parameter {@code ?} is the present
 *     time minus {@code age}
 */
public record Purge(String table, String condition, Duration age) {

    String sql() {
        return "delete from %1$s where ctid in (select ctid from %1$s where %2$s limit ?)".formatted(table, condition);
    }
}
