package dev.herald.user.session;

import dev.herald.platform.revocation.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
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

    record TokenState(UUID session, boolean expired, boolean used, boolean sessionEnded) {}

    void add(UUID session, UUID user, Instant now, Instant expiry) {
        sql.sql("insert into session (id, user_id, created_at, expires_at) values (:id, :user, :now, :expiry)")
                .param("id", session)
                .param("user", user)
                .param("now", atUtc(now))
                .param("expiry", atUtc(expiry))
                .update();
    }

    void addToken(RefreshToken token, UUID session, Instant expiry) {
        sql.sql("insert into refresh_token (hash, session_id, expires_at) values (:hash, :session, :expiry)")
                .param("hash", token.hash())
                .param("session", session)
                .param("expiry", atUtc(expiry))
                .update();
    }

    void prolong(UUID session, Instant expiry) {
        sql.sql("update session set expires_at = :expiry where id = :id")
                .param("id", session)
                .param("expiry", atUtc(expiry))
                .update();
    }

    Optional<UUID> ownerOf(RefreshToken token) {
        return sql.sql("""
                select session.user_id
                from refresh_token join session on session.id = refresh_token.session_id
                where refresh_token.hash = :hash
                """).param("hash", token.hash()).query(UUID.class).optional();
    }

    /** Locks the token and its session: the second of two concurrent uses waits here for the first. */
    Optional<TokenState> lock(RefreshToken token, Instant now) {
        return sql.sql("""
                select session.id as session, refresh_token.expires_at <= :now as expired,
                       refresh_token.used_at is not null as used, session.revoked_at is not null as session_ended
                from refresh_token join session on session.id = refresh_token.session_id
                where refresh_token.hash = :hash
                for update
                """)
                .param("hash", token.hash())
                .param("now", atUtc(now))
                .query(TokenState.class)
                .optional();
    }

    void markUsed(RefreshToken token, Instant now) {
        sql.sql("update refresh_token set used_at = :now where hash = :hash")
                .param("hash", token.hash())
                .param("now", atUtc(now))
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
