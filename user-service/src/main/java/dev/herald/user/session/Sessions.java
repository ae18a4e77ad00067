package dev.herald.user.session;

import dev.herald.user.account.AccessEnded;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** Ends sessions. */
@Service
class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** A Spring event, not a Kafka event, published in the transaction that ends the sessions. */
    record SessionsEnded(List<UUID> sessions, Instant at) {}

    private final SessionTable table;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Sessions(SessionTable table, ApplicationEventPublisher events, Clock clock) {
        this.table = table;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    void end(UUID session) {
        Instant now = clock.instant();
        publish(table.revoke(session, now), now);
    }

    @Transactional
    void endSessionOf(RefreshToken token) {
        Instant now = clock.instant();
        publish(table.revokeSessionOf(token, now), now);
    }

    /** @throws SessionNotFound if the user has no such session, or it has ended */
    @Transactional
    void end(UUID session, UUID user) {
        Instant now = clock.instant();
        List<UUID> ended = table.revoke(session, user, now);
        if (ended.isEmpty()) {
            throw new SessionNotFound(session);
        }
        publish(ended, now);
    }

    @Transactional
    void endAllExcept(UUID session, UUID user) {
        Instant now = clock.instant();
        publish(table.revokeAllOf(user, session, now), now);
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void endSessions(AccessEnded ended) {
        Instant now = clock.instant();
        publish(table.revokeAllOf(ended.userId(), ended.exceptSession(), now), now);
    }

    private void publish(List<UUID> sessions, Instant now) {
        if (!sessions.isEmpty()) {
            events.publishEvent(new SessionsEnded(sessions, now));
        }
    }

    @TransactionalEventListener
    void logEndOf(SessionsEnded ended) {
        ended.sessions().forEach(session -> log.info("session.ended {}", session));
    }
}
