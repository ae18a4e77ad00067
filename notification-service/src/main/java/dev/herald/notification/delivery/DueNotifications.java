package dev.herald.notification.delivery;

import dev.herald.notification.notification.NotificationType;
import dev.herald.notification.notification.WelcomeEmails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Claims notifications that are due. A claim is a committed update, so that no transaction is open during SMTP. It ends
 * after {@link #LEASE} unless it is renewed; then the notification is due again. Times are of the database's clock.
 */
@Repository
class DueNotifications {

    static final Duration LEASE = Duration.ofSeconds(30);

    private static final int BATCH = 1_000;

    /** Separate queues, so that retries do not delay first attempts. */
    enum Queue {
        FIRST_ATTEMPTS("failures = 0"),
        RETRIES("failures > 0");

        /** Claims from the first domain after {@code :after}, in alphabetical order, that is not in {@code :full}. */
        final String claim;

        Queue(String condition) {
            // The condition of the partial indexes.
            claim = CLAIM.replace("DUE", "status = 'PENDING' and due and " + condition)
                    .replace("DOMAIN", DOMAIN);
        }
    }

    static final String DOMAIN = """
            (('@' || split_part(lower(recipient), '@', -1)) collate "C")""";

    /** A loose index scan over the domains: {@code select distinct} would read every row. */
    private static final String CLAIM = """
            with recursive domains (domain) as (
                (select DOMAIN from email where DUE and DOMAIN > :after order by 1 limit 1)
                union all
                select (select DOMAIN from email where DUE and DOMAIN > domains.domain order by 1 limit 1)
                from domains
                where domains.domain is not null
            ), next as (
                select candidate.id, candidate.next_attempt_at
                from domains cross join lateral (
                    select id, next_attempt_at
                    from email
                    where DUE and DOMAIN = domains.domain and type = any (:types)
                    order by next_attempt_at
                    limit 1
                    for update skip locked
                ) candidate
                where domains.domain <> all (:full)
                limit 1
            )
            update email
            set due = false, next_attempt_at = now() + make_interval(secs => :lease), version = version + 1
            from next
            where email.id = next.id
            returning email.id, event_id, event_time, type, recipient, recipient_name, subject, DOMAIN as domain,
                next.next_attempt_at as due_since, failures, unanswered, traceparent, secret, secret_expires_at,
                version
            """;

    private static final String RENEW = """
            update email
            set due = false, next_attempt_at = now() + make_interval(secs => :lease)
            from unnest(cast(:ids as uuid[]), cast(:versions as bigint[])) as claim (id, version)
            where email.id = claim.id and email.version = claim.version and status = 'PENDING'
            """;

    static final String MAKE_DUE = """
            update email
            set due = true
            where id in (
                select id
                from email
                where status = 'PENDING' and not due and next_attempt_at <= now()
                order by next_attempt_at
                limit :limit
                for update skip locked)
            """;

    private static final String AWAIT_LINKS = """
            update email
            set due = false, next_attempt_at = now() + make_interval(secs => :pause)
            where status = 'PENDING' and awaits_link and version = 0
            """;

    private final JdbcClient sql;

    DueNotifications(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Claims the oldest unclaimed notification of the next domain; domains take turns.
     *
     * @param after the domain of the last claim; empty to begin with the first
     * @param full domains that have all the senders they may have
     */
    Optional<DueNotification> claim(Queue queue, String after, Collection<String> full) {
        return sql.sql(queue.claim)
                .param("after", after)
                .param("full", full.toArray(String[]::new))
                .param("types", NotificationType.NAMES.toArray(String[]::new))
                .param("lease", LEASE.toSeconds())
                .query(DueNotifications::email)
                .optional();
    }

    void renew(Collection<DueNotification> claimed) {
        if (!claimed.isEmpty()) {
            List<DueNotification> claims = List.copyOf(claimed);
            sql.sql(RENEW)
                    .param("ids", claims.stream().map(DueNotification::id).toArray(UUID[]::new))
                    .param(
                            "versions",
                            claims.stream().map(DueNotification::version).toArray(Long[]::new))
                    .param("lease", LEASE.toSeconds())
                    .update();
        }
    }

    /** Makes due the retries whose pause is over, and claims that have expired; returns whether there were any. */
    boolean makeDue() {
        int all = 0;
        int some;
        do {
            some = sql.sql(MAKE_DUE).param("limit", BATCH).update();
            all += some;
        } while (some == BATCH);
        return all > 0;
    }

    /**
     * To be called at startup. Restarts the wait of welcome emails for their links, because after an outage the
     * requests for these links may not have been read yet.
     */
    void awaitLinks() {
        sql.sql(AWAIT_LINKS).param("pause", WelcomeEmails.PAUSE.toSeconds()).update();
    }

    private static DueNotification email(ResultSet row, int index) throws SQLException {
        return new DueNotification(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                time(row, "event_time"),
                NotificationType.valueOf(row.getString("type")),
                row.getString("recipient"),
                row.getString("recipient_name"),
                row.getString("subject"),
                row.getString("domain"),
                time(row, "due_since"),
                row.getInt("failures"),
                row.getInt("unanswered"),
                row.getString("traceparent"),
                row.getString("secret"),
                timeOrNull(row, "secret_expires_at"),
                row.getLong("version"));
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
