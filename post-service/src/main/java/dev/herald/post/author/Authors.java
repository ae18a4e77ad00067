package dev.herald.post.author;

import dev.herald.platform.paging.Cursor;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The read model: plain SQL, since its rows are copies and have no behaviour. */
@Repository
class Authors {

    static final int SORT_COLUMNS = 2;

    private static final String UPSERT = """
            insert into author (id, name, email, registered_at, version)
            values (:id, :name, :email, :registeredAt, :version)
            on conflict (id) do update
            set name = excluded.name, email = excluded.email, version = excluded.version
            where author.version < excluded.version
            """;

    private static final String BY_NAME_WITH_POST_COUNT = """
            select author.id, author.name, count(post.author_id) as post_count, author.registered_at
            from (
                select id, name, registered_at
                from author
                where :afterName::text is null or (name, id) > (:afterName, :afterId::uuid)
                order by name, id
                limit :limit
            ) author
            left join post on post.author_id = author.id and post.published
            group by author.id, author.name, author.registered_at
            order by author.name, author.id
            """;

    private final JdbcClient sql;

    Authors(JdbcClient sql) {
        this.sql = sql;
    }

    /** Takes what an event says, unless a later one was here first. */
    void apply(UserCreated user) {
        sql.sql(UPSERT)
                .param("id", user.id())
                .param("name", user.name())
                .param("email", user.email())
                .param("registeredAt", OffsetDateTime.ofInstant(user.createdAt(), ZoneOffset.UTC))
                .param("version", user.version())
                .update();
    }

    /** At most {@code limit} authors after the cursor, by name. */
    List<AuthorView> byName(@Nullable Cursor after, int limit) {
        return sql.sql(BY_NAME_WITH_POST_COUNT)
                .param("afterName", after == null ? null : after.text(0))
                .param("afterId", after == null ? null : after.uuid(1))
                .param("limit", limit)
                .query((row, index) -> new AuthorView(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getLong("post_count"),
                        row.getObject("registered_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
