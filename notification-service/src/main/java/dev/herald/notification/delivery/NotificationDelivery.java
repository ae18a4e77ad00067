package dev.herald.notification.email;

import dev.herald.notification.email.EmailMetrics.Outcome;
import dev.herald.platform.observability.Traces;
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

/** One attempt to deliver an email: it is written, sent, and the outcome recorded. */
@Component
class EmailDelivery {

    private static final Logger log = LoggerFactory.getLogger(EmailDelivery.class);

    private static final Duration RECORD_PAUSE = Duration.ofMillis(500);

    private final DueEmails due;
    private final EmailWriter writer;
    private final SmtpConnections connections;
    private final RetryPolicy retries;
    private final EmailMetrics metrics;
    private final Traces traces;
    private final Clock clock;
    private volatile @Nullable String serverTrouble;

    EmailDelivery(
            DueEmails due,
            EmailWriter writer,
            SmtpConnections connections,
            RetryPolicy retries,
            EmailMetrics metrics,
            Traces traces,
            Clock clock) {
        this.due = due;
        this.writer = writer;
        this.connections = connections;
        this.retries = retries;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    /** Why the mail server took no email when it was last tried; empty if it did. */
    Optional<String> serverTrouble() {
        return Optional.ofNullable(serverTrouble);
    }

    /**
     * The last span of the trace that began with the event's request.
     *
     * @param trial learns whether the mail server works
     */
    void deliver(DueEmail email, ServerTrial trial) throws InterruptedException {
        Span span = traces.takeUp(email.trace())
                .name("smtp send")
                .kind(Span.Kind.CLIENT)
                .tag("email.type", email.type().template())
                .start();
        try (SpanInScope _ = traces.enter(span)) {
            send(email, trial);
            conclude(email);
        } catch (DeliveryFailure e) {
            span.tag("error", e.summary());
            conclude(email, e, trial);
        } finally {
            span.end();
        }
    }

    private void send(DueEmail email, ServerTrial trial) throws DeliveryFailure {
        MimeMessage message = written(email);
        SmtpConnection connection = connections.take();
        try {
            connection.send(message, () -> {
                serverTrouble = null;
                trial.passed();
            });
        } finally {
            connections.giveBack(connection);
        }
    }

    private MimeMessage written(DueEmail email) throws DeliveryFailure {
        try {
            return writer.write(email);
        } catch (AddressException e) {
            throw DeliveryFailure.beforeSending(DeliveryFailure.Kind.REFUSED, e);
        } catch (MessagingException | RuntimeException e) {
            // Our mistake; the other emails go on.
            throw DeliveryFailure.beforeSending(DeliveryFailure.Kind.DEFERRED, e);
        }
    }

    private void conclude(DueEmail email) throws InterruptedException {
        Instant now = clock.instant();
        record(() -> due.sent(email, now));
        metrics.sent(email, now);
        log.info("email.sent {}", email.id());
    }

    private void conclude(DueEmail email, DeliveryFailure failure, ServerTrial trial) throws InterruptedException {
        if (failure.kind() == DeliveryFailure.Kind.SERVER_UNAVAILABLE) {
            serverTrouble = failure.getMessage();
            // Before the email is released, so that it is not claimed again at once.
            trial.failed(failure);
            log.warn("SMTP is unavailable, emails wait: {}", failure.getMessage());
            record(() -> due.release(email));
            return;
        }
        Optional<Duration> pause = retries.pauseAfter(failure, email);
        pause.ifPresentOrElse(
                _ -> metrics.notSent(email, Outcome.RETRIED),
                () -> metrics.notSent(
                        email, failure.kind() == DeliveryFailure.Kind.REFUSED ? Outcome.REFUSED : Outcome.FAILED));
        log.warn(
                "SMTP did not accept email {}, attempt {}: {}, {}",
                email.id(),
                email.failures() + 1,
                failure.summary(),
                pause.map(next -> "next attempt in " + next).orElse("given up"));
        if (pause.isPresent()) {
            record(() -> due.retry(email, failure, pause.get()));
        } else {
            record(() -> due.failed(email, failure));
        }
    }

    /** Tries until the database has taken it: an outcome that is not recorded sends the email again. */
    private static void record(Runnable statement) throws InterruptedException {
        while (true) {
            try {
                statement.run();
                return;
            } catch (RuntimeException e) {
                log.warn("The outcome of an email waits for the database: {}", e.toString());
                Thread.sleep(RECORD_PAUSE);
            }
        }
    }
}
