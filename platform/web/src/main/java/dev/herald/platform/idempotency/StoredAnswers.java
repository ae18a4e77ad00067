package dev.herald.platform.idempotency;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

record StoredAnswers(JdbcClient sql) {

    Optional<StoredAnswer> find(IdempotencyKey key) {
        return sql.sql("select fingerprint, status, location, etag, body from idempotency where scope = :scope")
                .param("scope", key.scope())
                .query(StoredAnswer.class)
                .optional();
    }

    /** Does not wait for the lock, because its holder handles a request with the same key. */
    boolean tryLock(IdempotencyKey key) {
        return sql.sql("select pg_try_advisory_xact_lock(:lock)")
                .param("lock", key.lock())
                .query(Boolean.class)
                .single();
    }

    void add(IdempotencyKey key, StoredAnswer answer, Instant now) {
        sql.sql("""
                insert into idempotency (scope, fingerprint, status, location, etag, body, created_at)
                values (:scope, :fingerprint, :status, :location, :etag, :body, :now)
                """)
                .param("scope", key.scope())
                .param("fingerprint", answer.fingerprint())
                .param("status", answer.status())
                .param("location", answer.location())
                .param("etag", answer.etag())
                .param("body", answer.body())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
    }
}
