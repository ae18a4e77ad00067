package dev.herald.benchmarks;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Adds ended sessions without a user to user-service's table. user-service publishes recent revocations again every 30 s, and every process
 * remembers them until the sessions' tokens would have expired.
 */
final class RevokedSessions implements AutoCloseable {

    /** Longer than user-service's interval of publishing recent revocations again. */
    private static final Duration PUBLISHED_AFTER = Duration.ofSeconds(35);

    private final Database database;
    private int revoked;

    RevokedSessions(Bench bench) {
        this.database = bench.target().usersDatabase();
    }

    /** Adds sessions up to the wanted number, and returns when all processes know their revocations. */
    void revoke(int wanted) throws SQLException, IOException, InterruptedException {
        if (wanted > revoked) {
            database.execute("""
                    insert into session (id, user_id, created_at, expires_at, revoked_at)
                    select uuidv7(), '00000000-0000-0000-0000-000000000000', now(), now() + interval '1 hour', now()
                    from generate_series(1, %d)
                    """.formatted(wanted - revoked));
            revoked = wanted;
        }
        Thread.sleep(PUBLISHED_AFTER);
        IdleCpu.await();
    }

    @Override
    public void close() throws SQLException {
        database.execute("delete from session where user_id = '00000000-0000-0000-0000-000000000000'");
    }
}
