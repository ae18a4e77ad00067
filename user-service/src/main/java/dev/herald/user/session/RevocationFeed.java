package dev.herald.user.session;

import dev.herald.platform.revocation.Revocation;
import dev.herald.platform.revocation.RevocationLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Brings the ends of sessions from the database, where they are true, to Redis, which every process reads: each at once
 * after its commit, and whatever Redis has missed or lost as soon as it takes writes again.
 */
@Component
class RevocationFeed {

    private static final Logger log = LoggerFactory.getLogger(RevocationFeed.class);

    /** Another instance may have died between its commit and Redis, so the latest revocations are written again. */
    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);

    /** A shorter interruption is not worth a line in the log. */
    private static final Duration BEHIND_AFTER = Duration.ofSeconds(2);

    private final SessionTable table;
    private final RevocationLog revocations;
    private final Duration tokensLive;
    private final Clock clock;
    private volatile boolean behind = true;
    private volatile Instant publishedAt;
    private Instant repeatedAt = Instant.EPOCH;
    private boolean warned;

    RevocationFeed(SessionTable table, RevocationLog revocations, SessionSettings settings, Clock clock) {
        this.table = table;
        this.revocations = revocations;
        this.tokensLive = settings.accessTokenDeadAfter();
        this.clock = clock;
        this.publishedAt = clock.instant();
    }

    /** How long ago Redis last held the end of every session, and took writes. */
    Duration age() {
        return Duration.between(publishedAt, clock.instant());
    }

    boolean isBehind() {
        return age().compareTo(BEHIND_AFTER) > 0;
    }

    @TransactionalEventListener
    void publish(Sessions.SessionsEnded ended) {
        Instant until = ended.at().plus(tokensLive);
        try {
            revocations.append(
                    ended.sessions().stream()
                            .map(session -> new Revocation(session, until))
                            .toList(),
                    tokensLive);
        } catch (RuntimeException e) {
            behind = true;
            log.warn(
                    "Redis takes no writes: {} ended sessions are published when it does",
                    ended.sessions().size());
        }
    }

    @Scheduled(fixedDelay = 500)
    void catchUp() {
        Instant now = clock.instant();
        try {
            if (behind || !revocations.confirmComplete()) {
                // Before the look into the database: what fails meanwhile is tried again.
                behind = false;
                append(now.minus(tokensLive));
                revocations.markComplete();
                repeatedAt = now;
            } else if (now.isAfter(repeatedAt.plus(REPEAT_INTERVAL))) {
                append(now.minus(REPEAT_INTERVAL.multipliedBy(2)));
                repeatedAt = now;
            }
            publishedAt = now;
            if (warned) {
                warned = false;
                log.info("Ended sessions are published again");
            }
        } catch (RuntimeException e) {
            behind = true;
            if (isBehind() && !warned) {
                warned = true;
                log.warn(
                        "Ended sessions cannot be published, and their access tokens go on opening ({})",
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
            }
        }
    }

    private void append(Instant since) {
        List<Revocation> missed = table.revokedSince(since, tokensLive);
        revocations.append(missed, tokensLive);
    }
}
