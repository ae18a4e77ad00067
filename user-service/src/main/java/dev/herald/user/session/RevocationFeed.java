package dev.herald.user.session;

import dev.herald.platform.revocation.Revocation;
import dev.herald.platform.revocation.RevocationLog;
import dev.herald.user.keys.TokenSettings;
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
 * Publishes ended sessions from the database, the source of truth, to Redis, which every process reads: each after its commit, and those
 * that Redis has missed or lost as soon as it accepts writes again.
 */
@Component
class RevocationFeed {

    private static final Logger log = LoggerFactory.getLogger(RevocationFeed.class);

    /** The latest revocations are written again, because an instance may be killed between commit and Redis write. */
    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);

    private static final Duration BEHIND_AFTER = Duration.ofSeconds(2);

    private final SessionTable table;
    private final RevocationLog revocations;
    private final Duration tokensLive;
    private final Clock clock;
    private volatile boolean behind = true;
    private volatile Instant publishedAt;
    private Instant repeatedAt = Instant.EPOCH;
    private boolean warned;

    RevocationFeed(SessionTable table, RevocationLog revocations, TokenSettings settings, Clock clock) {
        this.table = table;
        this.revocations = revocations;
        this.tokensLive = settings.accessTokenDeadAfter();
        this.clock = clock;
        this.publishedAt = clock.instant();
    }

    /** The time since Redis last held every revocation and accepted writes. */
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
                    "Redis accepts no writes: {} ended sessions are published when it does",
                    ended.sessions().size());
        }
    }

    @Scheduled(fixedDelay = 500)
    void catchUp() {
        Instant now = clock.instant();
        try {
            if (behind || !revocations.confirmComplete()) {
                // Set before the query: a publication that fails meanwhile sets it to true again, and is repeated.
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
                        "Ended sessions cannot be published, so that their access tokens stay valid ({})",
                        NestedExceptionUtils.getMostSpecificCause(e).toString());
            }
        }
    }

    private void append(Instant since) {
        List<Revocation> missed = table.revokedSince(since, tokensLive);
        revocations.append(missed, tokensLive);
    }
}
