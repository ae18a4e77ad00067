package dev.herald.user.account;

import dev.herald.platform.paging.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** All users, newest first: the key of a page is {@code (created_at, id)}, which an index serves. */
@Repository
class UserList {

    static final int SORT_COLUMNS = 2;

    private final JdbcClient sql;

    UserList(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param namePrefix in whatever case
     * @param registeredAfter exclusive
     * @param after where the page before ended
     */
    record Filter(
            @Nullable String namePrefix,
            @Nullable Instant registeredAfter,
            @Nullable Cursor after) {}

    /** Only the conditions that are asked for stand in the statement, so that each form has a plan of its own. */
    List<UserSnapshot> find(Filter filter, int limit) {
        StringBuilder statement = new StringBuilder("""
                select id, name, email, roles, created_at, updated_at, version
                from users
                where true
                """);
        if (filter.namePrefix() != null) {
            statement.append(" and lower(name) like lower(:namePattern)");
        }
        if (filter.registeredAfter() != null) {
            statement.append(" and created_at > :registeredAfter");
        }
        if (filter.after() != null) {
            statement.append(" and (created_at, id) < (:afterCreatedAt, :afterId)");
        }
        statement.append(" order by created_at desc, id desc limit :limit");

        JdbcClient.StatementSpec query = sql.sql(statement.toString()).param("limit", limit);
        if (filter.namePrefix() != null) {
            query = query.param("namePattern", escaped(filter.namePrefix()) + "%");
        }
        if (filter.registeredAfter() != null) {
            query = query.param("registeredAfter", atUtc(filter.registeredAfter()));
        }
        if (filter.after() != null) {
            query = query.param("afterCreatedAt", atUtc(filter.after().instant(0)))
                    .param("afterId", filter.after().uuid(1));
        }
        return query.query((row, index) -> snapshot(row)).list();
    }

    private static String escaped(String prefix) {
        return prefix.replaceAll("[\\\\%_]", "\\\\$0");
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static UserSnapshot snapshot(ResultSet row) throws SQLException {
        return new UserSnapshot(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                roles((String[]) row.getArray("roles").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static Set<Role> roles(String[] names) {
        return Arrays.stream(names).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
