package dev.herald.post.post;

import dev.herald.platform.paging.Cursor;
import dev.herald.platform.paging.Where;
import dev.herald.platform.security.Caller;
import dev.herald.post.author.Author;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists the posts that a caller may see, newest first. The page key is {@code (created_at, id)}. */
@Repository
class PostList {

    static final int SORT_COLUMNS = 2;

    private static final String WITH_AUTHOR = """
            select post.id, author_id, author.name as author_name, author.version as author_version,
                   title, content, published, published_at, created_at, updated_at, post.version
            from %s post
            join author on author.id = post.author_id
            """;

    private static final String ARM = "(select * from post %s order by created_at desc, id desc limit :limit)";

    private final JdbcClient sql;

    PostList(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * @param published true for published posts, false for drafts, null for both
     * @param authors null for all
     * @param last the end of the previous page
     */
    record Filter(
            @Nullable Boolean published,
            @Nullable Collection<UUID> authors,
            @Nullable Cursor last) {}

    Optional<PostSnapshot> find(UUID id) {
        return sql.sql(WITH_AUTHOR.formatted("") + "where post.id = :id")
                .param("id", id)
                .query((row, index) -> snapshot(row))
                .optional();
    }

    /** Reads published posts and drafts separately, each by its partial index. One query would scan all drafts. */
    List<PostSnapshot> find(Filter filter, Caller caller, int limit) {
        Where published = arm("published", filter);
        Where drafts = arm("not published", filter)
                .and("author_id = :caller", "caller", caller.isAdmin() ? null : caller.id());
        Map<String, Object> parameters = new HashMap<>(published.parameters());
        parameters.putAll(drafts.parameters());
        String posts =
                switch (filter.published()) {
                    case null -> ARM.formatted(published.sql()) + " union all " + ARM.formatted(drafts.sql());
                    case Boolean state -> ARM.formatted((state ? published : drafts).sql());
                };
        return sql.sql(WITH_AUTHOR.formatted("(" + posts + ")") + "order by created_at desc, post.id desc limit :limit")
                .params(parameters)
                .param("limit", limit)
                .query((row, index) -> snapshot(row))
                .list();
    }

    private static Where arm(String state, Filter filter) {
        return new Where()
                .and(state)
                .and("author_id in (:authors)", "authors", filter.authors())
                .olderThan(filter.last());
    }

    private static PostSnapshot snapshot(ResultSet row) throws SQLException {
        return new PostSnapshot(
                row.getObject("id", UUID.class),
                new Author(
                        row.getObject("author_id", UUID.class),
                        row.getString("author_name"),
                        row.getLong("author_version")),
                row.getString("title"),
                row.getString("content"),
                row.getBoolean("published"),
                instant(row.getObject("published_at", OffsetDateTime.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getLong("version"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
