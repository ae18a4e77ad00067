package dev.herald.notification.email;

import dev.herald.platform.lifecycle.BackgroundWork;
import dev.herald.platform.observability.Traces;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer.SpanInScope;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what is due. Each email is sent inside the transaction that holds its row, so that replicas share the work and a
 * sender that dies leaves its email to the others at once.
 *
 * <p>Nothing but the row's update lies between SMTP's acceptance and the commit: the one moment in which a crash sends an email twice.
 * So does an acceptance that does not arrive in time, or a commit that fails. Both copies bear the same
 * Message-ID.
 *
 * <p>A rate limiter and a circuit breaker, both named {@code smtp}, stand before the row is taken. While SMTP is away, no email is
 * held or counted as tried; a few find out, then one at a time, further and further apart.
 */
@Component
class EmailDispatcher implements BackgroundWork {

    private static final String SMTP = "smtp";

    private static final Logger log = LoggerFactory.getLogger(EmailDispatcher.class);

    /** How soon a retry, or another replica's email, is noticed; and how long a connection is kept for nothing. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private final Emails emails;
    private final EmailWriter writer;
    private final JavaMailSenderImpl mail;
    private final RateLimiter rate;
    private final CircuitBreaker breaker;
    private final RetryPolicy retries;
    private final EmailMetrics metrics;
    private final Traces traces;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final int concurrency;
    private final Duration deadline;
    private final Semaphore accepted = new Semaphore(0);
    private volatile List<Thread> workers = List.of();

    EmailDispatcher(
            Emails emails,
            EmailWriter writer,
            JavaMailSenderImpl mail,
            RateLimiterRegistry rates,
            CircuitBreakerRegistry breakers,
            RetryPolicy retries,
            EmailMetrics metrics,
            Traces traces,
            TransactionOperations transactions,
            Clock clock,
            EmailSettings settings) {
        this.emails = emails;
        this.writer = writer;
        this.mail = mail;
        this.rate = rates.rateLimiter(SMTP);
        this.breaker = breakers.circuitBreaker(SMTP);
        this.retries = retries;
        this.metrics = metrics;
        this.traces = traces;
        this.transactions = transactions;
        this.clock = clock;
        this.concurrency = settings.concurrency();
        this.deadline = settings.deadline();
    }

    @TransactionalEventListener
    void wake(Mailroom.EmailAccepted event) {
        if (accepted.availablePermits() < concurrency) {
            accepted.release();
        }
    }

    @Override
    public void start() {
        workers = IntStream.range(0, concurrency)
                .mapToObj(number ->
                        Thread.ofVirtual().name("email-sender-" + number).unstarted(this::work))
                .toList();
        workers.forEach(Thread::start);
    }

    /** Lets the emails in hand be sent to their end. */
    @Override
    public void stop() {
        List<Thread> stopping = workers;
        workers = List.of();
        accepted.release(concurrency);
        try {
            Instant deadline = clock.instant().plus(STOP_LIMIT);
            for (Thread worker : stopping) {
                worker.join(Duration.between(clock.instant(), deadline));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }

    private void work() {
        boolean permitted = false;
        try (SmtpConnection smtp = new SmtpConnection(mail, deadline)) {
            while (isRunning()) {
                // A permission that finds no email is kept for the next.
                permitted = permitted || rate.acquirePermission();
                if (permitted && sendNext(smtp)) {
                    permitted = false;
                } else if (permitted && !accepted.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    smtp.hangUp();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An email that was tried, and what stood in its way. */
    private record Attempt(Email email, Span span, @Nullable NotAccepted failure) {}

    /** @return whether there was one to send, and leave to send it */
    private boolean sendNext(SmtpConnection smtp) {
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        long start = breaker.getCurrentTimestamp();
        Attempt attempt = null;
        try {
            attempt = transactions.execute(transaction -> emails.nextDue(clock.instant())
                    .map(email -> attempt(email, smtp))
                    .orElse(null));
        } catch (RuntimeException e) {
            // The database, as a rule. The next attempt may go well, and the worker must live to make it.
            log.warn("Emails wait: {}", e.toString());
        } catch (Error e) {
            // Whatever is to become of this JVM, the others' permission to try does not go with the worker.
            log.error("Emails wait", e);
        }
        if (attempt == null) {
            breaker.releasePermission();
            return false;
        }
        try (SpanInScope _ = traces.enter(attempt.span())) {
            conclude(attempt, breaker.getCurrentTimestamp() - start);
        }
        return true;
    }

    /** The end of the trace that began with the event's request. */
    private Attempt attempt(Email email, SmtpConnection smtp) {
        Span span = traces.takeUp(email.trace())
                .name("smtp send")
                .kind(Span.Kind.CLIENT)
                .tag("email.type", email.type().template())
                .start();
        try (SpanInScope _ = traces.enter(span)) {
            NotAccepted failure = failure(email, smtp);
            if (failure != null) {
                span.tag("error", failure.summary());
            }
            return new Attempt(email, span, failure);
        } finally {
            span.end();
        }
    }

    private @Nullable NotAccepted failure(Email email, SmtpConnection smtp) {
        try {
            smtp.send(written(email));
            email.sent(clock.instant());
            return null;
        } catch (NotAccepted e) {
            switch (e.verdict()) {
                case REFUSED -> email.refused(e.getMessage());
                case DEFERRED, INTERRUPTED -> email.deferred(e.getMessage(), retries, clock.instant());
                case UNAVAILABLE -> {}
            }
            return e;
        }
    }

    private MimeMessage written(Email email) throws NotAccepted {
        try {
            return writer.write(email);
        } catch (AddressException e) {
            throw NotAccepted.refused(e);
        } catch (MessagingException | RuntimeException e) {
            // Ours to correct, while the others go on.
            throw NotAccepted.deferred(e);
        }
    }

    private void conclude(Attempt attempt, long duration) {
        Email email = attempt.email();
        NotAccepted failure = attempt.failure();
        if (failure == null || failure.isAnswer()) {
            breaker.onSuccess(duration, breaker.getTimestampUnit());
        } else if (failure.isSmtpsFault()) {
            breaker.onError(duration, breaker.getTimestampUnit(), failure);
        } else {
            // It never got as far as SMTP.
            breaker.releasePermission();
        }
        if (failure == null) {
            metrics.sent(email);
        } else if (failure.verdict() == NotAccepted.Verdict.UNAVAILABLE) {
            log.warn("SMTP is unavailable, emails wait: {}", failure.getMessage());
        } else {
            metrics.notSent(email);
            log.warn(
                    "SMTP did not take email {}, attempt {}: {}, now {}",
                    email.id(),
                    email.attempts(),
                    failure.summary(),
                    email.status());
        }
    }
}
