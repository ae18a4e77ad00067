package dev.herald.platform.revocation;

import dev.herald.platform.lifecycle.BackgroundThread;
import dev.herald.platform.security.RevokedSessions;
import dev.herald.platform.security.WithdrawnKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * This process's copy of the revocations, so that no request asks Redis. The mirror reads the log when a new entry is
 * announced, and otherwise twice a second. While Redis is unavailable, the copy stays as it is.
 */
class RevocationMirror extends BackgroundThread implements RevokedSessions, WithdrawnKeys {

    private static final Logger log = LoggerFactory.getLogger(RevocationMirror.class);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final int FIRST_ATTEMPTS = 3;

    private static final Duration STALE_AFTER = Duration.ofSeconds(2);

    private final RevocationLog revocations;
    private final RevocationSubscription subscription;
    private final Clock clock;
    private final Map<UUID, Instant> ended = new ConcurrentHashMap<>();
    private final Map<String, Instant> withdrawn = new ConcurrentHashMap<>();
    private final Semaphore announced = new Semaphore(0);
    private final Instant startedAt;
    private volatile @Nullable Instant readAt;
    private final AtomicLong unreadable = new AtomicLong();
    private volatile StreamPosition position = StreamPosition.BEGINNING;

    private boolean outageIsLogged;

    RevocationMirror(RevocationLog revocations, ObjectProvider<LettuceConnectionFactory> redis, Clock clock) {
        super(Thread.ofVirtual().name("revocation-mirror"), Duration.ZERO);
        this.revocations = revocations;
        this.clock = clock;
        this.subscription = new RevocationSubscription(redis, clock, announced::release);
        this.startedAt = clock.instant();
    }

    @Override
    public boolean contains(UUID session) {
        return ended.containsKey(session);
    }

    @Override
    public boolean contains(String kid) {
        return withdrawn.containsKey(kid);
    }

    int size() {
        return ended.size();
    }

    StreamPosition position() {
        return position;
    }

    long unreadable() {
        return unreadable.get();
    }

    /** The time since the last reading, or since the start if there was none. */
    Duration age() {
        Instant last = readAt;
        return Duration.between(last == null ? startedAt : last, clock.instant());
    }

    boolean isStale() {
        return age().compareTo(STALE_AFTER) > 0;
    }

    /** Reads the log before the first request, in several attempts, because the first connection of a starting process may be slow. */
    @Override
    public void start() {
        int attempts = 1;
        while (!read() && attempts < FIRST_ATTEMPTS) {
            attempts++;
        }
        super.start();
    }

    @Override
    protected void run() throws InterruptedException {
        try {
            while (isRunning()) {
                if (announced.tryAcquire(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    announced.drainPermits();
                }
                read();
            }
        } finally {
            subscription.close();
        }
    }

    private boolean read() {
        boolean succeeded = false;
        try {
            RevocationReading reading = revocations.readAfter(position, OVERLAP, clock.instant());
            reading.revocations().forEach(revocation -> ended.put(revocation.session(), revocation.until()));
            reading.keys().forEach(key -> withdrawn.put(key.kid(), key.until()));
            reading.unreadable().forEach(this::skip);
            position = reading.position();
            readAt = clock.instant();
            succeeded = true;
            if (outageIsLogged) {
                outageIsLogged = false;
                log.info("Redis answers again: revoked sessions are up to date");
            }
        } catch (RuntimeException e) {
            if (isStale() && !outageIsLogged) {
                outageIsLogged = true;
                log.warn(
                        "Redis does not answer: tokens of sessions that end now are accepted until it does ({})",
                        e.toString());
            }
        }
        if (succeeded) {
            subscription.openIfDue();
        }
        Instant now = clock.instant();
        ended.values().removeIf(now::isAfter);
        withdrawn.values().removeIf(now::isAfter);
        return succeeded;
    }

    private void skip(StreamPosition entry) {
        unreadable.incrementAndGet();
        log.warn("Entry {} of {} is no revocation and is skipped", entry, RevocationLog.KEY);
    }
}
