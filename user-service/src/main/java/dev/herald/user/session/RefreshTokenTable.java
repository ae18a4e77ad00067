package dev.herald.user.session;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code refresh_token}. Times are of the database's clock, because the instances' clocks may differ. */
@Repository
class RefreshTokenTable {

    private final JdbcClient sql;

    RefreshTokenTable(JdbcClient sql) {
        this.sql = sql;
    }

    record TokenState(UUID session, boolean expired, boolean used, boolean sessionEnded) {}

    /**
     * The state of a used token.
     *
     * @param withinInterval whether the reuse interval after its first use has not passed
     * @param pairs the number of pairs that were made from it
     * @param pairRefreshed whether the refresh token of one of these pairs was used
     */
    record Reuse(boolean withinInterval, int pairs, boolean pairRefreshed) {}

    void add(RefreshToken token, UUID session, @Nullable RefreshToken parent, Duration lifetime) {
        sql.sql("""
                insert into refresh_token (hash, session_id, parent, expires_at)
                values (:hash, :session, :parent, now() + :lifetime * interval '1 ms')
                """)
                .param("hash", token.hash())
                .param("session", session)
                .param("parent", parent == null ? null : parent.hash())
                .param("lifetime", lifetime.toMillis())
                .update();
    }

    Optional<UUID> ownerOf(RefreshToken token) {
        return sql.sql("""
                select session.user_id
                from refresh_token join session on session.id = refresh_token.session_id
                where refresh_token.hash = :hash
                """).param("hash", token.hash()).query(UUID.class).optional();
    }

    /** Locks the token and its session: concurrent uses of the session's tokens wait for each other here. */
    Optional<TokenState> lock(RefreshToken token) {
        return sql.sql("""
                select session.id as session, refresh_token.expires_at <= now() as expired,
                       refresh_token.used_at is not null as used, session.revoked_at is not null as session_ended
                from refresh_token join session on session.id = refresh_token.session_id
                where refresh_token.hash = :hash
                for update
                """).param("hash", token.hash()).query(TokenState.class).optional();
    }

    /** Reads what was committed while {@link #lock} waited, which the statement of {@code lock} may not see. */
    Reuse reuseOf(RefreshToken token, Duration interval) {
        return sql.sql("""
                select token.used_at + :interval * interval '1 ms' > clock_timestamp() as within_interval,
                       count(child.hash) as pairs, coalesce(bool_or(child.used_at is not null), false) as pair_refreshed
                from refresh_token token left join refresh_token child on child.parent = token.hash
                where token.hash = :hash
                group by token.hash
                """)
                .param("hash", token.hash())
                .param("interval", interval.toMillis())
                .query(Reuse.class)
                .single();
    }

    void markUsed(RefreshToken token) {
        sql.sql("update refresh_token set used_at = clock_timestamp() where hash = :hash")
                .param("hash", token.hash())
                .update();
    }
}
