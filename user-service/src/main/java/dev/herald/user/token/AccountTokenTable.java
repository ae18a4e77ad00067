package dev.herald.user.token;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class AccountTokenTable {

    private final JdbcClient sql;

    AccountTokenTable(JdbcClient sql) {
        this.sql = sql;
    }

    void add(AccountToken token, String emailKey, Instant now, Instant expiry) {
        sql.sql("""
                insert into account_token (hash, user_id, kind, email, email_key, created_at, expires_at)
                values (:hash, :user, :kind, :email, :key, :now, :expiry)
                """)
                .param("hash", token.hash())
                .param("user", token.userId())
                .param("kind", token.kind().name())
                .param("email", token.email())
                .param("key", emailKey)
                .param("now", now.atOffset(UTC))
                .param("expiry", expiry.atOffset(UTC))
                .update();
    }

    /** Empty if the token is unknown, used or expired. */
    Optional<AccountToken> find(String hash, Instant now) {
        return sql.sql("""
                select hash, user_id, kind, email
                from account_token
                where hash = :hash and used_at is null and expires_at > :now and user_id is not null
                """)
                .param("hash", hash)
                .param("now", now.atOffset(UTC))
                .query((row, index) -> new AccountToken(
                        row.getString("hash"),
                        row.getObject("user_id", UUID.class),
                        EmailKind.valueOf(row.getString("kind")),
                        row.getString("email")))
                .optional();
    }

    /** Whether another user has a valid token of these kinds that was mailed to the address. */
    boolean existsForOther(UUID user, String emailKey, Collection<EmailKind> kinds, Instant now) {
        return sql.sql("""
                select exists (
                    select from account_token
                    where email_key = :key and kind in (:kinds) and used_at is null and expires_at > :now and user_id <> :user)
                """)
                .param("user", user)
                .param("key", emailKey)
                .param("kinds", kinds.stream().map(EmailKind::name).toList())
                .param("now", now.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    /** @return whether the token was still unused */
    boolean markUsed(String hash, Instant now) {
        return sql.sql("update account_token set used_at = :now where hash = :hash and used_at is null")
                        .param("hash", hash)
                        .param("now", now.atOffset(UTC))
                        .update()
                == 1;
    }

    void markUsed(UUID user, Collection<EmailKind> kinds, Instant now) {
        sql.sql(
                        "update account_token set used_at = :now where user_id = :user and kind in (:kinds) and used_at is null")
                .param("user", user)
                .param("kinds", kinds.stream().map(EmailKind::name).toList())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /** Marks the user's tokens of these kinds as used if they are not older than this one or have the same address. */
    void markNewerUsed(String hash, Collection<EmailKind> kinds, Instant now) {
        sql.sql("""
                update account_token
                set used_at = :now
                from account_token redeemed
                where redeemed.hash = :hash
                  and account_token.user_id = redeemed.user_id
                  and account_token.kind in (:kinds)
                  and account_token.used_at is null
                  and (account_token.created_at >= redeemed.created_at or account_token.email_key = redeemed.email_key)
                """)
                .param("hash", hash)
                .param("kinds", kinds.stream().map(EmailKind::name).toList())
                .param("now", now.atOffset(UTC))
                .update();
    }

    /**
     * Invalidates the user's tokens and removes the user's id and address. The rows stay for an hour, because the
     * limit of emails counts the requests of the last hour.
     */
    void forget(UUID user, Instant now) {
        sql.sql("""
                update account_token
                set user_id = null, email = '', used_at = coalesce(used_at, :now), expires_at = least(expires_at, :now)
                where user_id = :user
                """).param("user", user).param("now", now.atOffset(UTC)).update();
    }

    /** Whether an email of this kind was requested for the account. Concurrent requests wait here. */
    boolean lockRequests(UUID user, EmailKind kind, Instant since) {
        lock(kind, user.toString());
        return sql.sql("""
                select exists (
                    select from account_token where user_id = :user and kind = :kind and created_at > :since)
                """)
                .param("user", user)
                .param("kind", kind.name())
                .param("since", since.atOffset(UTC))
                .query(Boolean.class)
                .single();
    }

    /** The times of the latest requests for this kind of email to the address. Concurrent requests wait here. */
    List<Instant> lockRequests(String emailKey, EmailKind kind, Instant since, int limit) {
        lock(kind, emailKey);
        return sql.sql("""
                select created_at
                from account_token
                where email_key = :key and kind = :kind and created_at > :since
                order by created_at desc
                limit :limit
                """)
                .param("key", emailKey)
                .param("kind", kind.name())
                .param("since", since.atOffset(UTC))
                .param("limit", limit)
                .query((row, index) ->
                        row.getObject("created_at", OffsetDateTime.class).toInstant())
                .list();
    }

    private void lock(EmailKind kind, String key) {
        sql.sql("select pg_advisory_xact_lock('account_token'::regclass::int, hashtext(:kind || ' ' || :key))")
                .param("kind", kind.name())
                .param("key", key)
                .query((row, index) -> index)
                .list();
    }
}
