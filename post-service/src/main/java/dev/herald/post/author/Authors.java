package dev.herald.post.author;

import dev.herald.platform.email.EmailAddress;
import dev.herald.platform.inbox.ReadModel;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The read model: plain SQL, since its rows are copies and have no behaviour. */
@Repository
class Authors implements ReadModel {

    /** Older than anything that an event says. */
    private static final long UNKNOWN_VERSION = -1;

    /** Keyed by the table, so as to meet no other lock of this database. */
    private static final String LOCK = "select pg_advisory_xact_lock('author'::regclass::int, hashtext(:id::text))";

    private static final String IS_ERASED = "select exists (select from deleted_author where id = :id)";

    private static final String UPSERT = """
            insert into author (id, name, email, email_key, registered_at, version)
            values (:id, :name, :email, :emailKey, :registeredAt, :version)
            on conflict (id) do update
            set name = excluded.name, email = excluded.email, email_key = excluded.email_key, registered_at = excluded.registered_at, version = excluded.version
            where author.version < excluded.version
            """;

    private static final String BEGIN_FIRST_POSTS =
            "update author set first_posts_written = true where id = :id and not first_posts_written";

    private static final String BURY = "insert into deleted_author (id) values (:id) on conflict do nothing";

    /** Waits for posts that are being written: their transactions hold the row as well. */
    private static final String LOCK_ROW = "select from author where id = :id for update";

    private static final String DELETE = "delete from author where id = :id";

    private static final String RESET = "update author set version = :version";

    private static final String FIND = "select id, name, version from author where id = :id";

    /** An instance of the release before may have written the address as it was typed. */
    private static final String WITH_EMAIL = "select id from author where email_key in (:key, :typed)";

    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    Authors(JdbcClient sql, ApplicationEventPublisher events) {
        this.sql = sql;
        this.events = events;
    }

    Optional<Author> find(UUID id) {
        return sql.sql(FIND)
                .param("id", id)
                .query((row, index) ->
                        new Author(row.getObject("id", UUID.class), row.getString("name"), row.getLong("version")))
                .optional();
    }

    List<UUID> withEmail(String email) {
        return sql.sql(WITH_EMAIL)
                .param("key", EmailAddress.keyOf(email))
                .param("typed", EmailAddress.asciiLowerCase(email))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Takes what an event says, unless a later one was here first; the first posts are told of whenever they come. */
    @Transactional
    void apply(User user) {
        lock(user.id());
        if (isErased(user.id())) {
            return;
        }
        upsert(new UserService.Profile(user.id(), user.name(), user.email(), user.createdAt()), user.version());
        user.posts()
                .filter(posts -> beginFirstPosts(user.id()))
                .ifPresent(posts -> events.publishEvent(new AuthorRegistered(user.id(), user.createdAt(), posts)));
    }

    /**
     * Adds a user of whom no event has come yet, until one does.
     *
     * @return the author; empty if they are erased
     */
    @Transactional
    Optional<Author> add(UserService.Profile user) {
        lock(user.id());
        if (!isErased(user.id())) {
            upsert(user, UNKNOWN_VERSION);
        }
        return find(user.id());
    }

    private void upsert(UserService.Profile user, long version) {
        sql.sql(UPSERT)
                .param("id", user.id())
                .param("name", user.name())
                .param("email", user.email())
                .param("emailKey", EmailAddress.keyOf(user.email()))
                .param("registeredAt", user.createdAt().atOffset(ZoneOffset.UTC))
                .param("version", version)
                .update();
    }

    /** Once and for all time: those of them that were deleted since stay so, however often the event is replayed. */
    private boolean beginFirstPosts(UUID id) {
        return sql.sql(BEGIN_FIRST_POSTS).param("id", id).update() == 1;
    }

    /** Removes the author and their posts, and lets no late event bring them back. */
    @Transactional
    void erase(UserDeleted user) {
        lock(user.id());
        sql.sql(BURY).param("id", user.id()).update();
        sql.sql(LOCK_ROW).param("id", user.id()).query((row, index) -> index).list();
        events.publishEvent(new AuthorErased(user.id()));
        sql.sql(DELETE).param("id", user.id()).update();
    }

    /** The rows stay, since posts hang on them; who is erased stays so too. */
    @Override
    public void reset() {
        sql.sql(RESET).param("version", UNKNOWN_VERSION).update();
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
}
