package dev.herald.platform.paging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a list's SQL statement. Unused filters are left out, so that PostgreSQL plans each combination of
 * filters separately.
 */
public final class Where {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    public Where and(String condition) {
        conditions.add(condition);
        return this;
    }

    public Where and(String condition, Map<String, ?> values) {
        values.forEach((name, value) ->
                parameters.put(name, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value));
        return and(condition);
    }

    /** Adds nothing if the value is null. */
    public Where and(String condition, String name, @Nullable Object value) {
        return value == null ? this : and(condition, Map.of(name, value));
    }

    /**
     * The rows after a cursor, in a list that is sorted newest first by {@code created_at} and {@code id}; adds nothing
     * if the cursor is null.
     */
    public Where olderThan(@Nullable Cursor last) {
        return last == null
                ? this
                : and(
                        "(created_at, id) < (:lastCreatedAt, :lastId)",
                        Map.of("lastCreatedAt", last.instant(0), "lastId", last.uuid(1)));
    }

    /** {@code where … and …}; empty without conditions. */
    public String sql() {
        return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    }

    public Map<String, Object> parameters() {
        return Map.copyOf(parameters);
    }
}
