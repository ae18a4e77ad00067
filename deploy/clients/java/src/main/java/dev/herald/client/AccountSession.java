package dev.herald.client;

import dev.herald.client.SessionClient.LoginRequest;
import dev.herald.client.SessionClient.RefreshRequest;
import dev.herald.client.SessionClient.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session of an account. It logs in at the first call, and refreshes the access token before it expires. */
class AccountSession implements AccessTokenSupplier {

    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final SessionClient sessions;
    private final LoginRequest account;
    private final Clock clock;
    private @Nullable Tokens tokens;
    private Instant renewAt = Instant.MIN;

    AccountSession(SessionClient sessions, LoginRequest account, Clock clock) {
        this.sessions = sessions;
        this.account = account;
        this.clock = clock;
    }

    @Override
    public synchronized String get() {
        Tokens current = tokens;
        if (current == null || !clock.instant().isBefore(renewAt)) {
            current = Optional.ofNullable(current)
                    .flatMap(Tokens::refreshToken)
                    .map(this::renewed)
                    .orElseGet(() -> sessions.logIn(account));
            tokens = current;
            renewAt = clock.instant().plusSeconds(current.expiresIn()).minus(MARGIN);
        }
        return current.accessToken();
    }

    @Override
    public synchronized void refused(String token) {
        if (tokens != null && tokens.accessToken().equals(token)) {
            renewAt = Instant.MIN;
        }
    }

    private Tokens renewed(String refreshToken) {
        try {
            return sessions.refresh(new RefreshRequest(refreshToken));
        } catch (HeraldProblem problem) {
            if (problem.status() != 401) {
                throw problem;
            }
            // 401: the session has ended.
            return sessions.logIn(account);
        }
    }
}
