package dev.herald.notification.notification;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Users whose data is erased. Both methods hold an advisory lock on the user until the transaction ends. */
@Repository
class ErasedUsers {

    /** The table's id is the first key, so that this lock differs from other advisory locks in this database. */
    private static final String LOCK =
            "select pg_advisory_xact_lock('erased_user'::regclass::int, hashtext(:id::text))";

    private static final String CONTAINS = "select exists (select from erased_user where user_id = :id)";

    private static final String ADD = "insert into erased_user (user_id) values (:id) on conflict do nothing";

    private final JdbcClient sql;

    ErasedUsers(JdbcClient sql) {
        this.sql = sql;
    }

    /** The result is valid until the transaction ends: an erasure waits, then deletes what was stored before. */
    boolean contains(UUID id) {
        lock(id);
        return sql.sql(CONTAINS).param("id", id).query(Boolean.class).single();
    }

    void add(UUID id) {
        lock(id);
        sql.sql(ADD).param("id", id).update();
    }

    private void lock(UUID id) {
        sql.sql(LOCK).param("id", id).query((row, index) -> id).single();
    }
}
