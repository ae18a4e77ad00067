package dev.herald.user.session;

import dev.herald.platform.revocation.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class SessionTable {

    private final JdbcClient sql;

    SessionTable(JdbcClient sql) {
        this.sql = sql;
    }

    void add(UUID session, UUID user, Duration lifetime) {
        sql.sql("""
                insert into session (id, user_id, created_at, expires_at)
                values (:id, :user, now(), now() + (:lifetime * interval '1 ms'))
                """)
                .param("id", session)
                .param("user", user)
                .param("lifetime", lifetime.toMillis())
                .update();
    }

    void prolong(UUID session, Duration lifetime) {
        sql.sql("update session set expires_at = now() + (:lifetime * interval '1 ms') where id = :id")
                .param("id", session)
                .param("lifetime", lifetime.toMillis())
                .update();
    }

    List<UUID> revoke(UUID session, Instant now) {
        return sql.sql("update session set revoked_at = :now where id = :id and revoked_at is null returning id")
                .param("id", session)
                .param("now", atUtc(now))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Ends the user's sessions except one; returns those that had not ended before. */
    List<UUID> revokeAllOf(UUID user, @Nullable UUID except, Instant now) {
        return sql.sql("""
                update session set revoked_at = :now
                where user_id = :user and revoked_at is null and id is distinct from :except::uuid
                returning id
                """)
                .param("user", user)
                .param("except", except)
                .param("now", atUtc(now))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Sessions that ended after a moment, each with the expiry of its last token. */
    List<Revocation> revokedSince(Instant moment, Duration tokensLive) {
        return sql.sql("select id, revoked_at from session where revoked_at > :moment")
                .param("moment", atUtc(moment))
                .query((row, index) -> new Revocation(
                        row.getObject("id", UUID.class),
                        row.getObject("revoked_at", OffsetDateTime.class)
                                .toInstant()
                                .plus(tokensLive)))
                .list();
    }

    private static OffsetDateTime atUtc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
