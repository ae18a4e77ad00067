package dev.herald.user.session;

import dev.herald.platform.client.Client;
import dev.herald.user.account.Credentials;
import dev.herald.user.account.Identity;
import dev.herald.user.keys.TokenSettings;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Exchanges refresh tokens. A used token works again for a short time, because responses get lost and two tabs of a browser refresh at the
 * same moment; a later use means that the token was copied. The first row that matches applies:
 *
 * <table>
 * <caption>Use of a refresh token</caption>
 * <tr><th>the token</th><th>the response</th><th>its session</th></tr>
 * <tr><td>is unknown or expired, or its session has ended</td><td>{@link RefreshTokenInvalid}</td><td>as it was</td></tr>
 * <tr><td>was not used</td><td>a pair</td><td>prolonged</td></tr>
 * <tr><td>was used, and a pair made from it was refreshed</td><td>{@link RefreshTokenReused}</td><td>ends</td></tr>
 * <tr><td>was first used longer ago than the reuse interval</td><td>{@link RefreshTokenReused}</td><td>ends</td></tr>
 * <tr><td>was used, and three pairs were made from it</td><td>{@link RefreshTokenReused}</td><td>ends</td></tr>
 * <tr><td>was used by the previous release, which stored no parents</td><td>{@link RefreshTokenReused}</td><td>ends</td></tr>
 * <tr><td>was used within the reuse interval</td><td>another pair</td><td>prolonged</td></tr>
 * </table>
 *
 * <p>Times are of the database's clock. Concurrent uses of a session's tokens, on any instance, are handled one after the other.
 */
@Service
class Refresh {

    private static final int MAX_PAIRS = 3;

    private final Credentials credentials;
    private final RefreshTokenTable tokens;
    private final SessionTable table;
    private final Sessions sessions;
    private final TokenPairs pairs;
    private final TokenSettings settings;
    private final TransactionOperations transactions;

    Refresh(
            Credentials credentials,
            RefreshTokenTable tokens,
            SessionTable table,
            Sessions sessions,
            TokenPairs pairs,
            TokenSettings settings,
            TransactionOperations transactions) {
        this.credentials = credentials;
        this.tokens = tokens;
        this.table = table;
        this.sessions = sessions;
        this.pairs = pairs;
        this.settings = settings;
        this.transactions = transactions;
    }

    /**
     * @throws RefreshTokenInvalid if the token or its session is unknown, expired or ended
     * @throws RefreshTokenReused if the token may not be used again, which ends the session
     */
    Tokens refresh(RefreshToken token, Client client) {
        return transactions
                .execute(transaction -> exchange(token, client))
                .map(pairs::sign)
                .orElseThrow(RefreshTokenReused::new);
    }

    /**
     * Empty if the token may not be used again: the end of the session must be committed before the exception. Locks user,
     * session and token in the same order as a change of the user, which prevents deadlocks.
     */
    private Optional<TokenPairs.Granted> exchange(RefreshToken token, Client client) {
        Optional<Identity> user = tokens.ownerOf(token).flatMap(credentials::lock);
        Optional<RefreshTokenTable.TokenState> state = tokens.lock(token);
        if (user.isEmpty()
                || state.isEmpty()
                || state.get().expired()
                || state.get().sessionEnded()) {
            throw new RefreshTokenInvalid();
        }
        UUID session = state.get().session();
        if (!state.get().used()) {
            tokens.markUsed(token);
        } else if (!mayBeReused(token)) {
            sessions.end(session);
            return Optional.empty();
        }
        table.prolong(session, client, settings.refreshToken());
        return Optional.of(pairs.grant(user.get(), session, token));
    }

    private boolean mayBeReused(RefreshToken token) {
        RefreshTokenTable.Reuse reuse = tokens.reuseOf(token, settings.refreshReuseInterval());
        return reuse.withinInterval() && !reuse.pairRefreshed() && reuse.pairs() > 0 && reuse.pairs() < MAX_PAIRS;
    }
}
