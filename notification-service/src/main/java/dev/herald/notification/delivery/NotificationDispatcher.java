package dev.herald.notification.delivery;

import dev.herald.notification.notification.NotificationQueue;
import dev.herald.notification.smtp.EmailSettings;
import dev.herald.notification.smtp.SmtpConnections;
import dev.herald.platform.lifecycle.BackgroundWork;
import dev.herald.platform.problem.LoggedFailure;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Starts and stops the senders. A crash between SMTP's acceptance and the recorded outcome sends the email again when the
 * claim has expired; both copies have the same Message-ID.
 */
@Component
class NotificationDispatcher implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(NotificationDispatcher.class);

    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
    private static final Duration RENEW_INTERVAL = DueNotifications.LEASE.dividedBy(3);

    /** The time to finish sending. With {@link #ABORT_LIMIT} it is less than Spring's 20 s for a shutdown phase. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(12);

    private static final Duration ABORT_LIMIT = Duration.ofSeconds(3);

    private final DueNotifications due;
    private final SmtpConnections connections;
    private final SenderPool firstAttempts;
    private final SenderPool retries;
    private volatile List<Thread> workers = List.of();
    private long renewed = System.nanoTime();

    NotificationDispatcher(
            DueNotifications due,
            NotificationDelivery delivery,
            SmtpConnections connections,
            RateLimiterRegistry rates,
            CircuitBreakerRegistry breakers,
            EmailSettings settings) {
        this.due = due;
        this.connections = connections;
        SmtpPermissions permissions = new SmtpPermissions(rates, breakers);
        this.firstAttempts = new SenderPool(
                DueNotifications.Queue.FIRST_ATTEMPTS,
                due,
                delivery,
                permissions,
                settings.concurrency(),
                settings.domainConcurrency());
        this.retries = new SenderPool(
                DueNotifications.Queue.RETRIES,
                due,
                delivery,
                permissions,
                Math.ceilDiv(settings.concurrency(), 2),
                Math.ceilDiv(settings.domainConcurrency(), 2));
        permissions.onBreakerTransition(this::wake);
    }

    @TransactionalEventListener
    void wake(NotificationQueue.NotificationQueued event) {
        firstAttempts.wake();
    }

    private void wake() {
        pools().forEach(SenderPool::wake);
    }

    @Override
    public void start() {
        due.awaitLinks();
        workers = Stream.of(
                        thread("email-first-attempts", firstAttempts::sendNext),
                        thread("email-retries", retries::sendNext),
                        thread("email-claims", this::keepClaims))
                .toList();
        workers.forEach(Thread::start);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private Thread thread(String name, Work work) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                while (isRunning()) {
                    work.run();
                }
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
            join(senders(), limit);
            connections.abort();
            join(senders(), ABORT_LIMIT);
            senders().forEach(Thread::interrupt);
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

    private List<Thread> senders() {
        return pools().flatMap(pool -> pool.senders().stream()).toList();
    }

    private Stream<SenderPool> pools() {
        return Stream.of(firstAttempts, retries);
    }

    /** Renews the claims of what is being sent, makes due what has waited long enough, and closes idle connections. */
    private void keepClaims() throws InterruptedException {
        try {
            if (System.nanoTime() - renewed >= RENEW_INTERVAL.toNanos()) {
                due.renew(pools().flatMap(pool -> pool.claimed().stream()).toList());
                renewed = System.nanoTime();
            }
            if (due.makeDue()) {
                wake();
            }
        } catch (RuntimeException e) {
            log.warn("Claims cannot be renewed: {}", LoggedFailure.summary(e));
        }
        connections.closeIdle();
        Thread.sleep(CHECK_INTERVAL);
    }
}
