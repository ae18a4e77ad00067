package dev.herald.user.session;

import dev.herald.user.account.AccessEnded;
import dev.herald.user.account.Credentials;
import dev.herald.user.account.Identity;
import dev.herald.user.keys.AccessTokens;
import dev.herald.user.keys.TokenSettings;
import dev.herald.user.password.TooManyAttempts;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

@Service
class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);

    /** A Spring event, not a Kafka event, published in the transaction that ends the sessions. */
    record SessionsEnded(List<UUID> sessions, Instant at) {}

    /** The result of a transaction. The access token is signed after the commit, because signing must not hold a connection. */
    private record Granted(Identity user, UUID session, RefreshToken refreshToken) {}

    private final Credentials credentials;
    private final SessionTable table;
    private final AccessTokens accessTokens;
    private final LoginMetrics metrics;
    private final TokenSettings settings;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;
    private final IdGenerator ids;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            Credentials credentials,
            SessionTable table,
            AccessTokens accessTokens,
            LoginMetrics metrics,
            TokenSettings settings,
            TransactionOperations transactions,
            ApplicationEventPublisher events,
            IdGenerator ids,
            Clock clock) {
        this.credentials = credentials;
        this.table = table;
        this.accessTokens = accessTokens;
        this.metrics = metrics;
        this.settings = settings;
        this.transactions = transactions;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * @throws InvalidCredentials if no account has this address and this password
     * @throws TooManyAttempts after too many wrong passwords
     */
    Tokens logIn(String email, String password) {
        try {
            Granted granted =
                    credentials.verify(email, password).flatMap(this::open).orElseThrow(InvalidCredentials::new);
            metrics.count(LoginMetrics.Outcome.SUCCEEDED);
            log.info(
                    "session.started {} of user {}",
                    granted.session(),
                    granted.user().id());
            return tokens(granted);
        } catch (InvalidCredentials e) {
            metrics.count(LoginMetrics.Outcome.FAILED);
            throw e;
        } catch (TooManyAttempts e) {
            metrics.count(LoginMetrics.Outcome.BLOCKED);
            throw e;
        }
    }

    /** Empty if the account has changed since the password was checked, because the password may have changed. */
    private Optional<Granted> open(Identity verified) {
        return transactions.execute(transaction -> credentials
                .lock(verified.id())
                .filter(user -> user.version() == verified.version())
                .map(user -> {
                    UUID session = ids.generateId();
                    Instant now = clock.instant();
                    table.add(session, user.id(), now, now.plus(settings.refreshToken()));
                    return grant(user, session, now);
                }));
    }

    /**
     * Exchanges a refresh token for a new pair of tokens.
     *
     * @throws RefreshTokenInvalid if the token or its session is unknown, expired or ended
     * @throws RefreshTokenReused if it was used before, which ends the session
     */
    Tokens refresh(RefreshToken token) {
        Refreshed refreshed = transactions.execute(transaction -> refreshInTransaction(token));
        return switch (refreshed) {
            case Refreshed.Pair pair -> tokens(pair.granted());
            case Refreshed.Reused reused -> throw new RefreshTokenReused();
            case Refreshed.Invalid invalid -> throw new RefreshTokenInvalid();
        };
    }

    private sealed interface Refreshed {

        record Pair(Granted granted) implements Refreshed {}

        record Reused() implements Refreshed {}

        record Invalid() implements Refreshed {}
    }

    /** Locks user, session and token in the same order as a change of the user, which prevents deadlocks. */
    private Refreshed refreshInTransaction(RefreshToken token) {
        Instant now = clock.instant();
        Optional<Identity> user = table.ownerOf(token).flatMap(credentials::lock);
        Optional<SessionTable.TokenState> state = table.lock(token, now);
        if (user.isEmpty()
                || state.isEmpty()
                || state.get().expired()
                || state.get().sessionEnded()) {
            return new Refreshed.Invalid();
        }
        UUID session = state.get().session();
        if (state.get().used()) {
            end(table.revoke(session, now), now);
            return new Refreshed.Reused();
        }
        table.markUsed(token, now);
        table.prolong(session, now.plus(settings.refreshToken()));
        return new Refreshed.Pair(grant(user.get(), session, now));
    }

    void logOut(UUID session) {
        transactions.executeWithoutResult(transaction -> {
            Instant now = clock.instant();
            end(table.revoke(session, now), now);
        });
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void endSessions(AccessEnded ended) {
        Instant now = clock.instant();
        end(table.revokeAllOf(ended.userId(), ended.exceptSession(), now), now);
    }

    private void end(List<UUID> sessions, Instant now) {
        if (!sessions.isEmpty()) {
            events.publishEvent(new SessionsEnded(sessions, now));
        }
    }

    @TransactionalEventListener
    void logEndOf(SessionsEnded ended) {
        ended.sessions().forEach(session -> log.info("session.ended {}", session));
    }

    private Granted grant(Identity user, UUID session, Instant now) {
        RefreshToken refreshToken = RefreshToken.random(random);
        table.addToken(refreshToken, session, now.plus(settings.refreshToken()));
        return new Granted(user, session, refreshToken);
    }

    private Tokens tokens(Granted granted) {
        return new Tokens(
                accessTokens.tokenFor(granted.user(), granted.session()),
                "Bearer",
                settings.accessToken().toSeconds(),
                granted.refreshToken().value(),
                settings.refreshToken().toSeconds());
    }
}
