package dev.herald.notification.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Limits the senders of one queue, in total and for each recipient domain, because a slow domain holds a sender for minutes. */
final class SenderPool {

    private final DueNotifications due;
    private final DueNotifications.Queue queue;
    private final int domainConcurrency;
    private final Semaphore places;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Map<String, Integer> sending = new ConcurrentHashMap<>();
    private String lastDomain = "";

    SenderPool(DueNotifications due, DueNotifications.Queue queue, int concurrency, int domainConcurrency) {
        this.due = due;
        this.queue = queue;
        this.places = new Semaphore(concurrency);
        this.domainConcurrency = domainConcurrency;
    }

    /** @return whether a place became free in time; it must be used or released */
    boolean awaitPlace(Duration limit) throws InterruptedException {
        return places.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    void releasePlace() {
        places.release();
    }

    /** Claims a notification for the acquired place, which {@link #finished} frees. To be called by one thread. */
    Optional<DueNotification> claim() {
        List<String> full = sending.entrySet().stream()
                .filter(domain -> domain.getValue() >= domainConcurrency)
                .map(Map.Entry::getKey)
                .toList();
        Optional<DueNotification> next = due.claim(queue, lastDomain, full);
        if (next.isEmpty() && !lastDomain.isEmpty()) {
            next = due.claim(queue, "", full);
        }
        lastDomain = next.map(DueNotification::domain).orElse("");
        next.ifPresent(email -> sending.merge(email.domain(), 1, Integer::sum));
        return next;
    }

    void finished(DueNotification email) {
        sending.computeIfPresent(email.domain(), (_, senders) -> senders == 1 ? null : senders - 1);
        places.release();
        wake();
    }

    void wake() {
        wakeUps.release();
    }

    void awaitWork(Duration limit) throws InterruptedException {
        if (wakeUps.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }
}
