package dev.herald.user.recovery;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.IdGenerator;

/** The table {@code forgotten_password}: requests for reset links. Times are of the database's clock. */
@Repository
class ForgottenPasswords {

    private static final int BATCH = 100;

    /** {@code toString} hides the address. */
    record ForgottenPassword(UUID id, String email) {

        @Override
        public String toString() {
            return "ForgottenPassword[id=" + id + "]";
        }
    }

    private final JdbcClient sql;
    private final IdGenerator ids;

    ForgottenPasswords(JdbcClient sql, IdGenerator ids) {
        this.sql = sql;
        this.ids = ids;
    }

    ForgottenPassword add(String email) {
        ForgottenPassword added = new ForgottenPassword(ids.generateId(), email);
        sql.sql("insert into forgotten_password (id, email, created_at) values (:id, :email, now())")
                .param("id", added.id())
                .param("email", email)
                .update();
        return added;
    }

    /** The oldest requests that have waited for longer than this time. */
    List<ForgottenPassword> waitingFor(Duration time) {
        return sql.sql("""
                select id, email from forgotten_password
                where created_at < now() - (:time * interval '1 ms')
                order by created_at
                limit :limit
                """)
                .param("time", time.toMillis())
                .param("limit", BATCH)
                .query((row, index) -> new ForgottenPassword(row.getObject("id", UUID.class), row.getString("email")))
                .list();
    }

    void delete(ForgottenPassword answered) {
        sql.sql("delete from forgotten_password where id = :id")
                .param("id", answered.id())
                .update();
    }
}
