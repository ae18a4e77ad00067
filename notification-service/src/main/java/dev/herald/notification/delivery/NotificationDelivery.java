package dev.herald.notification.delivery;

import dev.herald.notification.delivery.DeliveryMetrics.Outcome;
import dev.herald.notification.smtp.DeliveryFailure;
import dev.herald.notification.smtp.SmtpConnection;
import dev.herald.notification.smtp.SmtpConnections;
import dev.herald.platform.jwe.UnreadableJwe;
import dev.herald.platform.observability.Traces;
import dev.herald.platform.problem.LoggedFailure;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer.SpanInScope;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Writes a claimed notification, sends it, and records the outcome. Reports success to the circuit breaker as soon as
 * the mail server accepts the session.
 */
@Component
class NotificationDelivery {

    private static final Logger log = LoggerFactory.getLogger(NotificationDelivery.class);

    /** An email whose link expires sooner is not sent, because the recipient could not use the link in time. */
    private static final Duration LEAST_VALIDITY = Duration.ofMinutes(10);

    private static final Duration RECORD_PAUSE = Duration.ofMillis(500);

    private final DeliveryOutcomes outcomes;
    private final EmailWriter writer;
    private final SmtpConnections connections;
    private final RetryPolicy retries;
    private final DeliveryMetrics metrics;
    private final Traces traces;
    private final Clock clock;
    private volatile @Nullable String serverFailure;

    NotificationDelivery(
            DeliveryOutcomes outcomes,
            EmailWriter writer,
            SmtpConnections connections,
            RetryPolicy retries,
            DeliveryMetrics metrics,
            Traces traces,
            Clock clock) {
        this.outcomes = outcomes;
        this.writer = writer;
        this.connections = connections;
        this.retries = retries;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    /** The mail server's failure at the last attempt; empty if the server accepted the session. */
    Optional<String> serverFailure() {
        return Optional.ofNullable(serverFailure);
    }

    /**
     * Sends the email in a span of the trace of the request that caused the event.
     *
     * @param permission receives the result: whether the mail server works
     */
    void deliver(DueNotification email, BreakerPermission permission) throws InterruptedException {
        Span span = traces.continuing(email.trace())
                .name("smtp send")
                .kind(Span.Kind.CLIENT)
                .tag("email.type", email.type().template())
                .start();
        try (SpanInScope _ = traces.enter(span)) {
            send(email, permission);
            conclude(email);
        } catch (DeliveryFailure e) {
            span.tag("error", e.summary());
            conclude(email, e, permission);
        } finally {
            span.end();
        }
    }

    private void send(DueNotification email, BreakerPermission permission) throws DeliveryFailure {
        MimeMessage message = written(email);
        SmtpConnection connection = connections.take();
        try {
            connection.send(message, () -> {
                serverFailure = null;
                permission.passed();
            });
        } finally {
            connections.giveBack(connection);
        }
    }

    private MimeMessage written(DueNotification email) throws DeliveryFailure {
        Instant expiry = email.secretExpiresAt();
        if (expiry != null && expiry.isBefore(clock.instant().plus(LEAST_VALIDITY))) {
            throw DeliveryFailure.notSendable("expired");
        }
        try {
            return writer.write(email);
        } catch (AddressException e) {
            throw DeliveryFailure.beforeSending(DeliveryFailure.Kind.REFUSED, e);
        } catch (UnreadableJwe e) {
            throw DeliveryFailure.notSendable("unreadable secret");
        } catch (MessagingException | RuntimeException e) {
            // This is not a failure of the mail server, so only this email is deferred.
            throw DeliveryFailure.beforeSending(DeliveryFailure.Kind.DEFERRED, e);
        }
    }

    private void conclude(DueNotification email) throws InterruptedException {
        Instant now = clock.instant();
        record(() -> outcomes.sent(email, now));
        metrics.sent(email, now);
        log.info("email.sent {}", email.id());
    }

    private void conclude(DueNotification email, DeliveryFailure failure, BreakerPermission permission)
            throws InterruptedException {
        if (failure.kind() == DeliveryFailure.Kind.SERVER_UNAVAILABLE) {
            serverFailure = failure.getMessage();
            // Before the release, so that the open breaker prevents another claim.
            permission.failed(failure);
            log.warn("SMTP is unavailable, notifications wait: {}", failure.getMessage());
            record(() -> outcomes.release(email));
            return;
        }
        Optional<Duration> pause = retries.pauseAfter(failure, email);
        pause.ifPresentOrElse(
                _ -> metrics.notSent(email, Outcome.RETRIED),
                () -> metrics.notSent(
                        email, failure.kind() == DeliveryFailure.Kind.REFUSED ? Outcome.REFUSED : Outcome.FAILED));
        log.warn(
                "SMTP did not accept notification {}, attempt {}: {}, {}",
                email.id(),
                email.failures() + 1,
                failure.summary(),
                pause.map(next -> "next attempt in " + next).orElse("given up"));
        if (pause.isPresent()) {
            record(() -> outcomes.retry(email, failure, pause.get()));
        } else {
            record(() -> outcomes.failed(email, failure));
        }
    }

    /** Retries until the database has stored the outcome, because otherwise the email would be sent again. */
    private static void record(Runnable statement) throws InterruptedException {
        while (true) {
            try {
                statement.run();
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "The outcome of an email is not stored yet, because the database is unavailable: {}",
                        LoggedFailure.summary(e));
                Thread.sleep(RECORD_PAUSE);
            }
        }
    }
}
