package dev.herald.post.author;

import dev.herald.platform.paging.Cursor;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The read model: plain SQL, since its rows are copies and have no behaviour. */
@Repository
class Authors {

    static final int SORT_COLUMNS = 2;

    /** Keyed by the table, so as to meet no other lock of this database. */
    private static final String LOCK = "select pg_advisory_xact_lock('author'::regclass::int, hashtext(:id::text))";

    private static final String IS_ERASED = "select exists (select from deleted_author where id = :id)";

    private static final String UPSERT = """
            insert into author (id, name, email, registered_at, version)
            values (:id, :name, :email, :registeredAt, :version)
            on conflict (id) do update
            set name = excluded.name, email = excluded.email, version = excluded.version
            where author.version < excluded.version
            """;

    private static final String BEGIN_FIRST_POSTS =
            "update author set first_posts_written = true where id = :id and not first_posts_written";

    private static final String INSERT_FIRST_POST = """
            insert into post (id, author_id, title, content, published, published_at, created_at, updated_at, version)
            values (:id, :authorId, :title, :content, :published,
                    case when :published then :registeredAt end, :registeredAt, :registeredAt, 0)
            """;

    private static final String BURY = "insert into deleted_author (id) values (:id) on conflict do nothing";

    private static final String DELETE_WITH_POSTS = "delete from author where id = :id";

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

    /** Takes what an event says, unless a later one was here first; the first posts are written whenever they come. */
    @Transactional
    void apply(User user) {
        lock(user.id());
        if (isErased(user.id())) {
            return;
        }
        OffsetDateTime registeredAt = OffsetDateTime.ofInstant(user.createdAt(), ZoneOffset.UTC);
        sql.sql(UPSERT)
                .param("id", user.id())
                .param("name", user.name())
                .param("email", user.email())
                .param("registeredAt", registeredAt)
                .param("version", user.version())
                .update();
        user.posts().ifPresent(posts -> writeOnce(user.id(), posts, registeredAt));
    }

    /** Those of them that were deleted since stay so, however often the event is replayed. */
    private void writeOnce(UUID author, List<User.FirstPost> posts, OffsetDateTime registeredAt) {
        if (sql.sql(BEGIN_FIRST_POSTS).param("id", author).update() == 0) {
            return;
        }
        for (User.FirstPost post : posts) {
            sql.sql(INSERT_FIRST_POST)
                    .param("id", post.id())
                    .param("authorId", author)
                    .param("title", post.title())
                    .param("content", post.content())
                    .param("published", post.published())
                    .param("registeredAt", registeredAt)
                    .update();
        }
    }

    /** Removes the author and their posts, and lets no late event bring them back. */
    @Transactional
    void erase(UserDeleted user) {
        lock(user.id());
        sql.sql(BURY).param("id", user.id()).update();
        sql.sql(DELETE_WITH_POSTS).param("id", user.id()).update();
    }

    /**
     * Until the transaction ends nobody else applies or erases this user: otherwise each of two could miss what the
     * other has not committed yet, and a deleted author would stay.
     */
    private void lock(UUID id) {
        sql.sql(LOCK).param("id", id).query((row, index) -> id).single();
    }

    private boolean isErased(UUID id) {
        return sql.sql(IS_ERASED).param("id", id).query(Boolean.class).single();
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
