package dev.herald.notification.email;

import dev.herald.platform.lifecycle.BackgroundWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what is due. Each email is sent inside the transaction that holds its row, so that replicas share the work and a
 * sender that dies leaves its email to the others at once. Between SMTP's acceptance and the commit lies the one moment
 * in which a crash sends an email twice; both bear the same Message-ID.
 */
@Component
class EmailDispatcher implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(EmailDispatcher.class);

    /** How soon a retry, or another replica's email, is noticed. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private final Emails emails;
    private final EmailSender sender;
    private final RetryPolicy retries;
    private final EmailMetrics metrics;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final int concurrency;
    private final Semaphore accepted = new Semaphore(0);
    private volatile List<Thread> workers = List.of();

    EmailDispatcher(
            Emails emails,
            EmailSender sender,
            RetryPolicy retries,
            EmailMetrics metrics,
            TransactionOperations transactions,
            Clock clock,
            EmailSettings settings) {
        this.emails = emails;
        this.sender = sender;
        this.retries = retries;
        this.metrics = metrics;
        this.transactions = transactions;
        this.clock = clock;
        this.concurrency = settings.concurrency();
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
        try {
            while (isRunning()) {
                if (!sendNext()) {
                    // Woken or not, the next look tells.
                    accepted.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was one to send */
    private boolean sendNext() {
        try {
            return Boolean.TRUE.equals(transactions.execute(transaction ->
                    emails.nextDue(clock.instant()).map(this::send).isPresent()));
        } catch (RuntimeException e) {
            // The database, as a rule. Whatever it is, the next attempt may go well, and the worker must live to make
            // it.
            log.warn("Emails wait: {}", e.toString());
            return false;
        }
    }

    private Email send(Email email) {
        try {
            sender.send(email);
            Instant now = clock.instant();
            email.sent(now);
            metrics.sent(email, now);
        } catch (MailException e) {
            email.refused(String.valueOf(e.getMessage()), retries, clock.instant());
            metrics.refused(email);
            log.warn("SMTP did not take email {}, attempt {}: now {}", email.id(), email.attempts(), email.status());
        }
        return email;
    }
}
