package dev.herald.user.session;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Where;
import dev.herald.platform.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists the caller's sessions that have neither ended nor expired, newest first. A user has few, so the index on the user is enough. */
@Repository
class SessionList {

    static final int SORT_COLUMNS = 2;

    private final JdbcClient sql;

    SessionList(JdbcClient sql) {
        this.sql = sql;
    }

    List<SessionView> find(Caller caller, @Nullable Cursor after, int limit) {
        Where where = new Where()
                .and("user_id = :user", Map.of("user", caller.id()))
                .and("revoked_at is null and expires_at > now()")
                .olderThan(after);
        return sql.sql("""
                        select id, created_at, coalesce(last_used_at, created_at) as last_used_at, user_agent, network
                        from session
                        %s
                        order by created_at desc, id desc
                        limit :limit
                        """.formatted(where.sql()))
                .params(where.parameters())
                .param("limit", limit)
                .query((row, index) -> view(row, caller.sessionId()))
                .list();
    }

    private static SessionView view(ResultSet row, UUID current) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new SessionView(
                id,
                instant(row, "created_at"),
                instant(row, "last_used_at"),
                row.getString("user_agent"),
                row.getString("network"),
                id.equals(current));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
