package dev.herald.user.account;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists users, newest first. The page key is {@code (created_at, id)}, which has an index. */
@Repository
class UserList {

    static final int SORT_COLUMNS = 2;

    private final JdbcClient sql;

    UserList(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param namePrefix compared without regard to case
     * @param registeredAfter exclusive
     * @param after the end of the previous page
     */
    record Filter(
            @Nullable String namePrefix,
            @Nullable Instant registeredAfter,
            @Nullable Cursor after) {}

    List<UserSnapshot> find(Filter filter, int limit) {
        Where where = new Where()
                .and("lower(name) like lower(:namePattern)", "namePattern", pattern(filter.namePrefix()))
                .and("created_at > :registeredAfter", "registeredAfter", filter.registeredAfter())
                .olderThan(filter.after());
        return sql.sql("""
                        select id, name, email, email_key = verified_email_key as email_verified, pending_email, roles,
                            created_at, updated_at, version
                        from users
                        %s
                        order by created_at desc, id desc
                        limit :limit
                        """.formatted(where.sql()))
                .params(where.parameters())
                .param("limit", limit)
                .query((row, index) -> snapshot(row))
                .list();
    }

    private static @Nullable String pattern(@Nullable String prefix) {
        return prefix == null ? null : prefix.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }

    private static UserSnapshot snapshot(ResultSet row) throws SQLException {
        return new UserSnapshot(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                row.getString("pending_email"),
                roles((String[]) row.getArray("roles").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static Set<Role> roles(String[] names) {
        return Arrays.stream(names).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    }
}
