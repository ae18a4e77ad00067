package dev.herald.notification.email;

import dev.herald.platform.paging.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The emails as their readers see them, newest first. */
@Repository
class Notifications {

    static final int SORT_COLUMNS = 2;

    private final JdbcClient sql;

    Notifications(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * At most {@code limit} emails after the cursor.
     *
     * @param userId whose; everybody's if null
     * @param status in which status; in any if null
     */
    List<NotificationView> newestFirst(
            @Nullable UUID userId, Email.@Nullable Status status, @Nullable Cursor after, int limit) {
        return sql.sql(query(userId != null, status != null, after != null))
                .param("userId", userId)
                .param("status", status == null ? null : status.name())
                .param("afterTime", after == null ? null : after.instant(0).atOffset(ZoneOffset.UTC))
                .param("afterId", after == null ? null : after.uuid(1))
                .param("limit", limit)
                .query(Notifications::view)
                .list();
    }

    /** A condition that is not asked for is left out, so that the planner sees which index serves the rest. */
    static String query(boolean ofOneUser, boolean inOneStatus, boolean afterOne) {
        return """
                select id, type, recipient, subject, status, attempts, created_at, sent_at
                from email
                where true %s %s %s
                order by created_at desc, id desc
                limit :limit
                """.formatted(
                        ofOneUser ? "and user_id = :userId" : "",
                        inOneStatus ? "and status = :status" : "",
                        afterOne ? "and (created_at, id) < (:afterTime, :afterId)" : "");
    }

    private static NotificationView view(ResultSet row, int index) throws SQLException {
        return new NotificationView(
                row.getObject("id", UUID.class),
                EmailType.valueOf(row.getString("type")).template(),
                row.getString("recipient"),
                row.getString("subject"),
                Email.Status.valueOf(row.getString("status")),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("sent_at", OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
