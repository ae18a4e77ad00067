package dev.herald.user.session;

import dev.herald.platform.revocation.Revocation;
import dev.herald.platform.revocation.RevocationLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Brings the ends of sessions from the database, where they are true, to Redis, where everybody learns of them: each at once
 * after its commit, and whatever Redis has missed or lost as soon as it is there again.
 */
@Component
class RevocationFeed {

    private static final Logger log = LoggerFactory.getLogger(RevocationFeed.class);

    /** Another instance may have died between its commit and Redis: what was revoked last is told again. */
    private static final Duration REPEAT_INTERVAL = Duration.ofSeconds(30);

    private final SessionTable table;
    private final RevocationLog revocations;
    private final Duration tokensLive;
    private final Clock clock;
    private volatile boolean behind = true;
    private Instant repeatedAt = Instant.EPOCH;

    RevocationFeed(SessionTable table, RevocationLog revocations, SessionSettings settings, Clock clock) {
        this.table = table;
        this.revocations = revocations;
        this.tokensLive = settings.accessTokenDeadAfter();
        this.clock = clock;
    }

    @TransactionalEventListener
    void tell(Sessions.SessionsEnded ended) {
        Instant until = ended.at().plus(tokensLive);
        try {
            revocations.append(
                    ended.sessions().stream()
                            .map(session -> new Revocation(session, until))
                            .toList(),
                    tokensLive);
        } catch (DataAccessException e) {
            behind = true;
            log.warn(
                    "Redis is away: {} ended sessions are told when it is back",
                    ended.sessions().size());
        }
    }

    @Scheduled(fixedDelay = 500)
    void catchUp() {
        Instant now = clock.instant();
        try {
            if (behind || !revocations.isComplete()) {
                // Before the look into the database: what fails meanwhile is tried again.
                behind = false;
                append(now.minus(tokensLive));
                revocations.markComplete();
                repeatedAt = now;
            } else if (now.isAfter(repeatedAt.plus(REPEAT_INTERVAL))) {
                append(now.minus(REPEAT_INTERVAL.multipliedBy(2)));
                repeatedAt = now;
            }
        } catch (DataAccessException e) {
            behind = true;
            log.debug("The revocations wait", e);
        }
    }

    private void append(Instant since) {
        List<Revocation> missed = table.revokedSince(since, tokensLive);
        revocations.append(missed, tokensLive);
    }
}
