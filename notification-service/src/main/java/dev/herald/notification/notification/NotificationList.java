package dev.herald.notification.notification;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class NotificationList {

    static final int SORT_COLUMNS = 2;
    static final String COLUMNS = "id, type, recipient, subject, status, attempts, created_at, sent_at";

    private final JdbcClient sql;

    NotificationList(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * At most {@code limit} notifications after the cursor.
     *
     * @param userId of the recipient; all if null
     * @param status any if null
     */
    List<NotificationView> newestFirst(
            @Nullable UUID userId, @Nullable NotificationStatus status, @Nullable Cursor after, int limit) {
        Where where = where(userId, status, after);
        return sql.sql(query(where))
                .params(where.parameters())
                .param("limit", limit)
                .query(NotificationList::view)
                .list();
    }

    static Where where(@Nullable UUID userId, @Nullable NotificationStatus status, @Nullable Cursor after) {
        return new Where()
                .and("user_id = :userId", "userId", userId)
                .and("status = :status", "status", status == null ? null : status.name())
                .olderThan(after);
    }

    static String query(Where where) {
        return """
                select %s
                from email
                %s
                order by created_at desc, id desc
                limit :limit
                """.formatted(COLUMNS, where.sql());
    }

    static NotificationView view(ResultSet row, int index) throws SQLException {
        return new NotificationView(
                row.getObject("id", UUID.class),
                type(row.getString("type")),
                row.getString("recipient"),
                row.getString("subject"),
                NotificationStatus.valueOf(row.getString("status")),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("sent_at", OffsetDateTime.class)));
    }

    private static String type(String name) {
        return NotificationType.NAMES.contains(name)
                ? NotificationType.valueOf(name).template()
                : name;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
