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

/** The read model of the user events. Plain SQL, because its rows have no behaviour. */
@Repository
class Authors implements ReadModel {

    /** Lower than the version of any event. */
    private static final long UNKNOWN_VERSION = -1;

    /** The table's id is the first key, so that this lock differs from other advisory locks in this database. */
    private static final String LOCK = "select pg_advisory_xact_lock('author'::regclass::int, hashtext(:id::text))";

    private static final String IS_ERASED = "select exists (select from deleted_author where id = :id)";

    private static final String UPSERT = """
            insert into author (id, name, email, email_key, registered_at, version)
            values (:id, :name, :email, :emailKey, :registeredAt, :version)
            on conflict (id) do update
            set name = excluded.name, email = excluded.email, email_key = excluded.email_key, registered_at = excluded.registered_at, version = excluded.version
            where author.version < excluded.version
            """;

    private static final String CLAIM_FIRST_POSTS =
            "update author set first_posts_written = true where id = :id and not first_posts_written";

    private static final String ADD_TOMBSTONE = "insert into deleted_author (id) values (:id) on conflict do nothing";

    /** Waits for transactions that write posts of the author, because these lock the row too. */
    private static final String LOCK_ROW = "select from author where id = :id for update";

    private static final String DELETE = "delete from author where id = :id";

    private static final String RESET = "update author set version = :version";

    private static final String FIND = "select id, name, version from author where id = :id";

    /** Compares the address as typed too, because an instance of the previous release may have stored it as the key. */
    private static final String WITH_EMAIL = "select id from author where email_key in (:key, :typed)";

    private final JdbcClient sql;
    private final ApplicationEventPublisher events;

    Authors(JdbcClient sql, ApplicationEventPublisher events) {
        this.sql = sql;
        this.events = events;
    }

    Optional<Author> find(UUID id) {
        return sql.sql(FIND).param("id", id).query(Author.class).optional();
    }

    List<UUID> withEmail(String email) {
        return sql.sql(WITH_EMAIL)
                .param("key", EmailAddress.keyOf(email))
                .param("typed", EmailAddress.asciiLowerCase(email))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Stores the user unless a later version is stored. Publishes the first posts in both cases, once for a user. */
    @Transactional
    void apply(UserEvent user) {
        lock(user.id());
        if (isErased(user.id())) {
            return;
        }
        upsert(new UserClient.Profile(user.id(), user.name(), user.email(), user.createdAt()), user.version());
        user.posts()
                .filter(posts -> claimFirstPosts(user.id()))
                .ifPresent(posts -> events.publishEvent(new AuthorRegistered(user.id(), user.createdAt(), posts)));
    }

    /**
     * Stores a user whose events have not arrived yet.
     *
     * @return the author; empty if the user is deleted
     */
    @Transactional
    Optional<Author> add(UserClient.Profile user) {
        lock(user.id());
        if (!isErased(user.id())) {
            upsert(user, UNKNOWN_VERSION);
        }
        return find(user.id());
    }

    private void upsert(UserClient.Profile user, long version) {
        sql.sql(UPSERT)
                .param("id", user.id())
                .param("name", user.name())
                .param("email", user.email())
                .param("emailKey", EmailAddress.keyOf(user.email()))
                .param("registeredAt", user.createdAt().atOffset(ZoneOffset.UTC))
                .param("version", version)
                .update();
    }

    /** True once for each author, so that a replayed event does not create deleted posts again. */
    private boolean claimFirstPosts(UUID id) {
        return sql.sql(CLAIM_FIRST_POSTS).param("id", id).update() == 1;
    }

    /** Deletes the author and their posts, and stores a tombstone so that a late event adds nothing. */
    @Transactional
    void erase(UserDeletedEvent user) {
        lock(user.id());
        sql.sql(ADD_TOMBSTONE).param("id", user.id()).update();
        sql.sql(LOCK_ROW).param("id", user.id()).query((row, index) -> index).list();
        events.publishEvent(new AuthorErased(user.id()));
        sql.sql(DELETE).param("id", user.id()).update();
    }

    /** Resets the versions for a replay. Keeps the rows, because posts reference them, and the tombstones. */
    @Override
    public void reset() {
        sql.sql(RESET).param("version", UNKNOWN_VERSION).update();
    }

    /** Lets changes of one user wait for each other: an update must not add an author who is being deleted. */
    private void lock(UUID id) {
        sql.sql(LOCK).param("id", id).query((row, index) -> id).single();
    }

    private boolean isErased(UUID id) {
        return sql.sql(IS_ERASED).param("id", id).query(Boolean.class).single();
    }
}
