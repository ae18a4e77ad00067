package dev.herald.platform.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The age of the oldest transaction that keeps vacuum from removing dead rows: a transaction of this database or of a
 * replication slot, or a prepared one.
 * <p>Only members of {@code pg_read_all_stats} see when another role's transaction began, but all roles see its id. The
 * age of such a transaction counts from when this class first saw the id. The query includes sessions without a
 * database, which are WAL senders, and excludes those without a role, which are autovacuum: that does not hold back
 * vacuum.
 */
class OldestTransaction {

    private static final String HOLDERS = """
            select 'session ' || pid || ' ' || coalesce(backend_xmin, backend_xid)::text as holder, xact_start as since
            from pg_stat_activity
            where (datname = current_database() or datname is null)
              and usesysid is not null
              and pid <> pg_backend_pid()
              and coalesce(backend_xmin, backend_xid) is not null
            union all
            select 'slot ' || slot_name || ' ' || xmin::text, null from pg_replication_slots where xmin is not null
            union all
            select 'prepared ' || gid, prepared from pg_prepared_xacts where database = current_database()
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private Map<String, Instant> seen = Map.of();

    OldestTransaction(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Holder(String name, @Nullable Instant since) {}

    /** The age in seconds; 0 if there is no such transaction. */
    synchronized double age() {
        Instant now = clock.instant();
        Map<String, Instant> holders = new HashMap<>();
        for (Holder holder : jdbc.query(HOLDERS, (row, number) -> {
            var since = row.getTimestamp("since");
            return new Holder(row.getString("holder"), since == null ? null : since.toInstant());
        })) {
            holders.put(
                    holder.name(),
                    Objects.requireNonNullElseGet(holder.since(), () -> seen.getOrDefault(holder.name(), now)));
        }
        seen = holders;
        return holders.values().stream()
                .mapToDouble(since -> Duration.between(since, now).toMillis() / 1000.0)
                .filter(age -> age > 0)
                .max()
                .orElse(0);
    }
}
