package dev.herald.notification.delivery;

import dev.herald.notification.notification.NotificationQueue;
import dev.herald.notification.smtp.EmailSettings;
import dev.herald.notification.smtp.SmtpConnections;
import dev.herald.platform.lifecycle.BackgroundWork;
import dev.herald.platform.problem.LoggedFailure;
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
 * Claims due notifications and starts a sender for each. A crash between SMTP's acceptance and the recorded outcome sends the email again
 * when the claim has expired; both copies have the same Message-ID.
 *
 * <p>The rate limiter and the circuit breaker {@code smtp} are asked before the claim, so that no attempt counts while the mail server is
 * unavailable; the half-open breaker tries one notification at a time.
 */
@Component
class NotificationDispatcher implements BackgroundWork {

    private static final String SMTP = "smtp";

    private static final Logger log = LoggerFactory.getLogger(NotificationDispatcher.class);

    /** The interval of looking for due retries, and for notifications that another replica has stored. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration RENEW_INTERVAL = DueNotifications.LEASE.dividedBy(3);

    /**
     * The time to finish what is being sent. {@link #ABORT_LIMIT} follows, to record the outcomes; both are less than
     * Spring's 20 s for a shutdown phase.
     */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private static final Duration ABORT_LIMIT = Duration.ofSeconds(3);

    private final DueNotifications due;
    private final NotificationDelivery delivery;
    private final SmtpConnections connections;
    private final RateLimiter rate;
    private final CircuitBreaker breaker;
    private final SenderPool firstAttempts;
    private final SenderPool retries;

    /** Permissions of the rate limiter that were not used because nothing was due. */
    private final Semaphore sparePermissions = new Semaphore(0);

    private final Map<DueNotification, Thread> sending = new ConcurrentHashMap<>();
    private volatile List<Thread> workers = List.of();

    NotificationDispatcher(
            DueNotifications due,
            NotificationDelivery delivery,
            SmtpConnections connections,
            RateLimiterRegistry rates,
            CircuitBreakerRegistry breakers,
            EmailSettings settings) {
        this.due = due;
        this.delivery = delivery;
        this.connections = connections;
        this.rate = rates.rateLimiter(SMTP);
        this.breaker = breakers.circuitBreaker(SMTP);
        this.firstAttempts = new SenderPool(
                due, DueNotifications.Queue.FIRST_ATTEMPTS, settings.concurrency(), settings.domainConcurrency());
        this.retries = new SenderPool(
                due,
                DueNotifications.Queue.RETRIES,
                Math.ceilDiv(settings.concurrency(), 2),
                Math.ceilDiv(settings.domainConcurrency(), 2));
        breaker.getEventPublisher().onStateTransition(_ -> wake());
    }

    @TransactionalEventListener
    void wake(NotificationQueue.NotificationQueued event) {
        firstAttempts.wake();
    }

    private void wake() {
        firstAttempts.wake();
        retries.wake();
    }

    @Override
    public void start() {
        due.awaitLinks();
        workers = Stream.of(
                        thread("email-first-attempts", () -> work(firstAttempts)),
                        thread("email-retries", () -> work(retries)),
                        thread("email-claims", this::keepClaims))
                .toList();
        workers.forEach(Thread::start);
    }

    private interface Work {

        void run() throws InterruptedException;
    }

    private static Thread thread(String name, Work work) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /**
     * Finishes what is being sent. SMTP conversations that are longer than the limit are interrupted, and their emails
     * are recorded as failed attempts.
     */
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

    private void work(SenderPool lane) throws InterruptedException {
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
    }

    private boolean startNext(SenderPool lane) {
        if (!breaker.tryAcquirePermission()) {
            return false;
        }
        BreakerPermission permission = new BreakerPermission(breaker);
        Optional<DueNotification> next = Optional.empty();
        try {
            next = lane.claim();
        } catch (RuntimeException e) {
            log.warn("No notification can be claimed: {}", LoggedFailure.summary(e));
        } finally {
            if (next.isEmpty()) {
                permission.close();
            }
        }
        next.ifPresent(email -> start(lane, email, permission));
        return next.isPresent();
    }

    private void start(SenderPool lane, DueNotification email, BreakerPermission permission) {
        Thread sender = thread("email-sender", () -> {
            try (permission) {
                delivery.deliver(email, permission);
            } catch (RuntimeException | Error e) {
                log.error("Notification {} was not sent and is due again when its claim expires", email.id(), e);
            } finally {
                sending.remove(email);
                lane.finished(email);
            }
        });
        sending.put(email, sender);
        sender.start();
    }

    private void keepClaims() throws InterruptedException {
        long renewed = System.nanoTime();
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
                log.warn("Claims cannot be renewed: {}", LoggedFailure.summary(e));
            }
            connections.closeIdle();
            Thread.sleep(POLL_INTERVAL);
        }
    }
}
