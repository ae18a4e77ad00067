package dev.herald.notification.delivery;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.herald.platform.problem.LoggedFailure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the notifications of one queue, each on a thread. Limits the senders in total and for each recipient domain,
 * because a slow domain occupies a sender for minutes.
 */
final class SenderPool {

    private static final Logger log = LoggerFactory.getLogger(SenderPool.class);

    /** The interval of looking for notifications that another replica has stored. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private final DueNotifications.Queue queue;
    private final DueNotifications due;
    private final NotificationDelivery delivery;
    private final SmtpPermissions permissions;
    private final int domainConcurrency;
    private final Semaphore places;
    private final Semaphore wakeUps = new Semaphore(0);
    private final Map<DueNotification, Thread> sending = new ConcurrentHashMap<>();
    private String lastDomain = "";

    SenderPool(
            DueNotifications.Queue queue,
            DueNotifications due,
            NotificationDelivery delivery,
            SmtpPermissions permissions,
            int concurrency,
            int domainConcurrency) {
        this.queue = queue;
        this.due = due;
        this.delivery = delivery;
        this.permissions = permissions;
        this.places = new Semaphore(concurrency);
        this.domainConcurrency = domainConcurrency;
    }

    /**
     * Starts a sender for one due notification, or waits for a place, a permission or a notification for about a
     * second. To be called by one thread. Asks for the permissions before the claim, so that no attempt counts while
     * the mail server is unavailable.
     */
    void sendNext() throws InterruptedException {
        if (!places.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        if (!permissions.acquireRate()) {
            places.release();
        } else if (!startSender()) {
            permissions.giveBack();
            places.release();
            awaitWork();
        }
    }

    private boolean startSender() {
        BreakerPermission permission = permissions.tryBreaker().orElse(null);
        if (permission == null) {
            return false;
        }
        Optional<DueNotification> next = Optional.empty();
        try {
            next = claim();
        } catch (RuntimeException e) {
            log.warn("No notification can be claimed: {}", LoggedFailure.summary(e));
        } finally {
            if (next.isEmpty()) {
                permission.close();
            }
        }
        next.ifPresent(email -> start(email, permission));
        return next.isPresent();
    }

    private Optional<DueNotification> claim() {
        List<String> full =
                sending.keySet().stream().collect(groupingBy(DueNotification::domain, counting())).entrySet().stream()
                        .filter(domain -> domain.getValue() >= domainConcurrency)
                        .map(Map.Entry::getKey)
                        .toList();
        Optional<DueNotification> next = due.claim(queue, lastDomain, full);
        if (next.isEmpty() && !lastDomain.isEmpty()) {
            next = due.claim(queue, "", full);
        }
        lastDomain = next.map(DueNotification::domain).orElse("");
        return next;
    }

    private void start(DueNotification email, BreakerPermission permission) {
        Thread sender = Thread.ofVirtual().name("email-sender").unstarted(() -> send(email, permission));
        sending.put(email, sender);
        sender.start();
    }

    private void send(DueNotification email, BreakerPermission permission) {
        try (permission) {
            delivery.deliver(email, permission);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.error("Notification {} was not sent and is due again when its claim expires", email.id(), e);
        } finally {
            sending.remove(email);
            places.release();
            wake();
        }
    }

    void wake() {
        wakeUps.release();
    }

    private void awaitWork() throws InterruptedException {
        if (wakeUps.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    Collection<DueNotification> claimed() {
        return sending.keySet();
    }

    Collection<Thread> senders() {
        return sending.values();
    }
}
