package dev.herald.user.session;

import static java.time.ZoneOffset.UTC;

import dev.herald.platform.client.Client;
import dev.herald.platform.revocation.Revocation;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    void add(UUID session, UUID user, Client client, Duration lifetime) {
        sql.sql("""
                insert into session (id, user_id, created_at, last_used_at, user_agent, network, expires_at)
                values (:id, :user, now(), now(), :userAgent, :network, now() + (:lifetime * interval '1 ms'))
                """)
                .param("id", session)
                .param("user", user)
                .param("userAgent", client.userAgent())
                .param("network", client.network().cidr())
                .param("lifetime", lifetime.toMillis())
                .update();
    }

    void prolong(UUID session, Client client, Duration lifetime) {
        sql.sql("""
                update session
                set last_used_at = now(), user_agent = :userAgent, network = :network,
                    expires_at = now() + (:lifetime * interval '1 ms')
                where id = :id
                """)
                .param("id", session)
                .param("userAgent", client.userAgent())
                .param("network", client.network().cidr())
                .param("lifetime", lifetime.toMillis())
                .update();
    }

    List<UUID> revoke(UUID session, Instant now) {
        return sql.sql("update session set revoked_at = :now where id = :id and revoked_at is null returning id")
                .param("id", session)
                .param("now", now.atOffset(UTC))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    List<UUID> revokeSessionOf(RefreshToken token, Instant now) {
        return sql.sql("""
                update session set revoked_at = :now
                where id = (select session_id from refresh_token where hash = :hash) and revoked_at is null
                returning id
                """)
                .param("hash", token.hash())
                .param("now", now.atOffset(UTC))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Ends the session if it is the user's and has neither ended nor expired. */
    List<UUID> revoke(UUID session, UUID user, Instant now) {
        return sql.sql("""
                update session set revoked_at = :now
                where id = :id and user_id = :user and revoked_at is null and expires_at > now()
                returning id
                """)
                .param("id", session)
                .param("user", user)
                .param("now", now.atOffset(UTC))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Ends the user's sessions except one, and returns them. Locks them by id, which prevents deadlocks. */
    List<UUID> revokeAllOf(UUID user, @Nullable UUID except, Instant now) {
        return sql.sql("""
                update session set revoked_at = :now
                where id in (
                    select id from session
                    where user_id = :user and revoked_at is null and id is distinct from :except::uuid
                    order by id for update)
                returning id
                """)
                .param("user", user)
                .param("except", except)
                .param("now", now.atOffset(UTC))
                .query((row, index) -> row.getObject("id", UUID.class))
                .list();
    }

    /** Sessions that ended after a moment, each with the expiry of its last token. */
    List<Revocation> revokedSince(Instant moment, Duration tokensLive) {
        return sql.sql("select id, revoked_at from session where revoked_at > :moment")
                .param("moment", moment.atOffset(UTC))
                .query((row, index) -> new Revocation(
                        row.getObject("id", UUID.class),
                        row.getObject("revoked_at", OffsetDateTime.class)
                                .toInstant()
                                .plus(tokensLive)))
                .list();
    }
}
