package dev.herald.notification.email;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The senders of one queue. They are limited altogether and for each recipient domain, because a domain whose server is slow holds each
 * of its senders for minutes.
 */
final class EmailLane {

    private final DueEmails due;
    private final DueEmails.Queue queue;
    private final int domainConcurrency;
    private final Semaphore places;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Map<String, Integer> sending = new ConcurrentHashMap<>();
    private String lastDomain = "";

    EmailLane(DueEmails due, DueEmails.Queue queue, int concurrency, int domainConcurrency) {
        this.due = due;
        this.queue = queue;
        this.places = new Semaphore(concurrency);
        this.domainConcurrency = domainConcurrency;
    }

    /** @return whether a sender was free in time; it must then be used or released */
    boolean awaitPlace(Duration limit) throws InterruptedException {
        return places.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    void releasePlace() {
        places.release();
    }

    /** Claims the next email for the acquired place, which {@link #finished} frees. For one thread. */
    Optional<DueEmail> claim() {
        List<String> full = sending.entrySet().stream()
                .filter(domain -> domain.getValue() >= domainConcurrency)
                .map(Map.Entry::getKey)
                .toList();
        Optional<DueEmail> next = due.claim(queue, lastDomain, full);
        if (next.isEmpty() && !lastDomain.isEmpty()) {
            next = due.claim(queue, "", full);
        }
        lastDomain = next.map(DueEmail::domain).orElse("");
        next.ifPresent(email -> sending.merge(email.domain(), 1, Integer::sum));
        return next;
    }

    void finished(DueEmail email) {
        sending.computeIfPresent(email.domain(), (_, senders) -> senders == 1 ? null : senders - 1);
        places.release();
        wake();
    }

    /** Something may be due now. */
    void wake() {
        wakeUps.release();
    }

    void awaitWork(Duration limit) throws InterruptedException {
        if (wakeUps.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
