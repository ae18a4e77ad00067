package dev.herald.post.author;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Where;
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

/** Lists authors with the number of their published posts, in one statement. */
@Repository
class AuthorList {

    private final JdbcClient sql;

    AuthorList(JdbcClient sql) {
        this.sql = sql;
    }

    /** By name. The page key is {@code (name, id)}. Counts the posts of the page's authors only. */
    List<AuthorView> byName(@Nullable Instant registeredAfter, @Nullable Cursor last, int limit) {
        Where where = registeredAfter(registeredAfter);
        if (last != null) {
            where.and("(name, id) > (:lastName, :lastId)", Map.of("lastName", last.text(0), "lastId", last.uuid(1)));
        }
        return authors("""
                select author.id, author.name, count(post.author_id) as post_count, author.registered_at
                from (
                    select id, name, registered_at
                    from author
                    %s
                    order by name, id
                    limit :limit
                ) author
                left join post on post.author_id = author.id and post.published
                group by author.id, author.name, author.registered_at
                order by author.name, author.id
                """, where, limit);
    }

    /** By number of posts, then by name. The page key is {@code (post_count, name, id)}. Counts all authors' posts. */
    List<AuthorView> byPostCount(@Nullable Instant registeredAfter, @Nullable Cursor last, int limit) {
        Where where = registeredAfter(registeredAfter);
        if (last != null) {
            where.and(
                    "(post_count < :lastCount or post_count = :lastCount and (name, id) > (:lastName, :lastId))",
                    Map.of("lastCount", last.number(0), "lastName", last.text(1), "lastId", last.uuid(2)));
        }
        return authors("""
                select id, name, post_count, registered_at
                from (
                    select author.id, author.name, count(post.author_id) as post_count, author.registered_at
                    from author
                    left join post on post.author_id = author.id and post.published
                    group by author.id
                ) author
                %s
                order by post_count desc, name, id
                limit :limit
                """, where, limit);
    }

    private static Where registeredAfter(@Nullable Instant registeredAfter) {
        return new Where().and("registered_at > :registeredAfter", "registeredAfter", registeredAfter);
    }

    private List<AuthorView> authors(String statement, Where where, int limit) {
        return sql.sql(statement.formatted(where.sql()))
                .params(where.parameters())
                .param("limit", limit)
                .query((row, index) -> view(row))
                .list();
    }

    private static AuthorView view(ResultSet row) throws SQLException {
        return new AuthorView(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("post_count"),
                row.getObject("registered_at", OffsetDateTime.class).toInstant());
    }
}
