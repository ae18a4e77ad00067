package dev.herald.notification.delivery;

import dev.herald.notification.smtp.DeliveryFailure;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the outcome of an attempt. A failure is ignored if another sender has claimed the notification since. */
@Repository
class DeliveryOutcomes {

    /** Ignores the version, so that a sender that has claimed the accepted email meanwhile does not send it again. */
    private static final String SENT = """
            update email
            set status = 'SENT', attempts = attempts + 1, sent_at = :now, last_error = null, version = version + 1
            where id = :id and status = 'PENDING'
            """;

    private static final String NOT_SENT = """
            update email
            set status = :status, attempts = attempts + 1, failures = failures + 1, unanswered = :unanswered, last_error = :error,
                due = false, next_attempt_at = now() + make_interval(secs => :pause), version = version + 1
            where id = :id and version = :version
            """;

    private static final String RELEASE = """
            update email
            set due = true, next_attempt_at = :dueSince, version = version + 1
            where id = :id and version = :version
            """;

    private final JdbcClient sql;

    DeliveryOutcomes(JdbcClient sql) {
        this.sql = sql;
    }

    void sent(DueNotification email, Instant now) {
        sql.sql(SENT).param("id", email.id()).param("now", Timestamp.from(now)).update();
    }

    void retry(DueNotification email, DeliveryFailure failure, Duration pause) {
        recordFailure("PENDING", email, failure, pause);
    }

    void failed(DueNotification email, DeliveryFailure failure) {
        recordFailure("FAILED", email, failure, Duration.ZERO);
    }

    private void recordFailure(String status, DueNotification email, DeliveryFailure failure, Duration pause) {
        sql.sql(NOT_SENT)
                .param("id", email.id())
                .param("status", status)
                .param("version", email.version())
                .param("unanswered", email.unanswered() + (failure.isUnanswered() ? 1 : 0))
                .param("error", failure.getMessage())
                .param("pause", (double) pause.toMillis() / 1_000)
                .update();
    }

    void release(DueNotification email) {
        sql.sql(RELEASE)
                .param("id", email.id())
                .param("version", email.version())
                .param("dueSince", Timestamp.from(email.dueSince()))
                .update();
    }
}
