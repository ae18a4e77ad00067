package dev.herald.notification.email;

import dev.herald.platform.lifecycle.BackgroundWork;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Sends what is due. An email is claimed, sent while no transaction is open, and its outcome recorded. A crash between SMTP's acceptance
 * and the record sends the email again, 30 seconds later; both copies have the same Message-ID.
 *
 * <p>A rate limiter and a circuit breaker, both named {@code smtp}, come before the claim. While the mail server does not work, no email
 * counts as tried; one at a time finds out whether it works again.
 */
@Component
class EmailDispatcher implements BackgroundWork {

    private static final String SMTP = "smtp";

    private static final Logger log = LoggerFactory.getLogger(EmailDispatcher.class);

    /** How soon a retry, or another replica's email, is noticed. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration RENEW_INTERVAL = DueEmails.LEASE.dividedBy(3);

    /** How long emails that are being sent have to finish, and then to record their outcome: together below Spring's 20 s for a phase. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private static final Duration ABORT_LIMIT = Duration.ofSeconds(3);

    private final DueEmails due;
    private final EmailDelivery delivery;
    private final SmtpConnections connections;
    private final RateLimiter rate;
    private final CircuitBreaker breaker;
    private final EmailLane firstAttempts;
    private final EmailLane retries;

    /** Of the rate limiter; they found no email and are kept for the next. */
    private final Semaphore sparePermissions = new Semaphore(0);

    private final Map<DueEmail, Thread> sending = new ConcurrentHashMap<>();
    private volatile List<Thread> workers = List.of();

    EmailDispatcher(
            DueEmails due,
            EmailDelivery delivery,
            SmtpConnections connections,
            RateLimiterRegistry rates,
            CircuitBreakerRegistry breakers,
            EmailSettings settings) {
        this.due = due;
        this.delivery = delivery;
        this.connections = connections;
        this.rate = rates.rateLimiter(SMTP);
        this.breaker = breakers.circuitBreaker(SMTP);
        this.firstAttempts = new EmailLane(
                due, DueEmails.Queue.FIRST_ATTEMPTS, settings.concurrency(), settings.domainConcurrency());
        this.retries = new EmailLane(
                due,
                DueEmails.Queue.RETRIES,
                Math.ceilDiv(settings.concurrency(), 2),
                Math.ceilDiv(settings.domainConcurrency(), 2));
        breaker.getEventPublisher().onStateTransition(_ -> wake());
    }

    @TransactionalEventListener
    void wake(EmailQueue.EmailQueued event) {
        firstAttempts.wake();
    }

    private void wake() {
        firstAttempts.wake();
        retries.wake();
    }

    @Override
    public void start() {
        workers = Stream.of(
                        thread("email-first-attempts", () -> work(firstAttempts)),
                        thread("email-retries", () -> work(retries)),
                        thread("email-claims", this::keepClaims))
                .toList();
        workers.forEach(Thread::start);
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofVirtual().name(name).unstarted(work);
    }

    /** Lets emails that are being sent be sent to their end. What waits for an answer longer than that counts as unanswered. */
    @Override
    public void stop() {
        stop(STOP_LIMIT);
    }

    void stop(Duration limit) {
        List<Thread> stopping = workers;
        workers = List.of();
        wake();
        try {
            join(stopping, STOP_LIMIT);
            join(sending.values(), limit);
            connections.abort();
            join(sending.values(), ABORT_LIMIT);
            sending.values().forEach(Thread::interrupt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.closeAllIdle();
    }

    private static void join(Collection<Thread> threads, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(deadline - System.nanoTime()));
        }
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }

    private void work(EmailLane lane) {
        try {
            while (isRunning()) {
                if (!lane.awaitPlace(POLL_INTERVAL)) {
                    continue;
                }
                if (!sparePermissions.tryAcquire() && !rate.acquirePermission()) {
                    lane.releasePlace();
                } else if (!startNext(lane)) {
                    sparePermissions.release();
                    lane.releasePlace();
                    lane.awaitWork(POLL_INTERVAL);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there was an email to send, and permission to send it */
    private boolean startNext(EmailLane lane) {
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        ServerTrial trial = new ServerTrial(breaker);
        Optional<DueEmail> next = Optional.empty();
        try {
            next = lane.claim();
        } catch (RuntimeException e) {
            // The database, as a rule; it is asked again soon.
            log.warn("Emails wait: {}", e.toString());
        } finally {
            if (next.isEmpty()) {
                trial.close();
            }
        }
        next.ifPresent(email -> start(lane, email, trial));
        return next.isPresent();
    }

    private void start(EmailLane lane, DueEmail email, ServerTrial trial) {
        Thread sender = thread("email-sender", () -> {
            try (trial) {
                delivery.deliver(email, trial);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                // The email is due again when its claim has run out.
                log.error("Email {} was not sent", email.id(), e);
            } finally {
                sending.remove(email);
                lane.finished(email);
            }
        });
        sending.put(email, sender);
        sender.start();
    }

    /** Renews the claims of what is being sent, makes due what has waited long enough, and closes connections without use. */
    private void keepClaims() {
        long renewed = System.nanoTime();
        try {
            while (isRunning()) {
                try {
                    if (System.nanoTime() - renewed >= RENEW_INTERVAL.toNanos()) {
                        due.renew(sending.keySet());
                        renewed = System.nanoTime();
                    }
                    if (due.makeDue()) {
                        wake();
                    }
                } catch (RuntimeException e) {
                    log.warn("Emails wait: {}", e.toString());
                }
                connections.closeIdle();
                Thread.sleep(POLL_INTERVAL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
