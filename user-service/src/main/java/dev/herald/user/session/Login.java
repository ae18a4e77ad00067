package dev.herald.user.session;

import dev.herald.platform.client.Client;
import dev.herald.user.account.Credentials;
import dev.herald.user.account.EmailNotVerified;
import dev.herald.user.account.Identity;
import dev.herald.user.keys.TokenSettings;
import dev.herald.user.network.KnownNetworks;
import dev.herald.user.password.TooManyAttempts;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

@Service
class Login {

    private static final Logger log = LoggerFactory.getLogger(Login.class);

    private final Credentials credentials;
    private final KnownNetworks networks;
    private final NewNetworkSettings notices;
    private final AccountTokens tokens;
    private final SessionTable table;
    private final TokenPairs pairs;
    private final LoginMetrics metrics;
    private final TokenSettings settings;
    private final TransactionOperations transactions;
    private final IdGenerator ids;

    Login(
            Credentials credentials,
            KnownNetworks networks,
            NewNetworkSettings notices,
            AccountTokens tokens,
            SessionTable table,
            TokenPairs pairs,
            LoginMetrics metrics,
            TokenSettings settings,
            TransactionOperations transactions,
            IdGenerator ids) {
        this.credentials = credentials;
        this.networks = networks;
        this.notices = notices;
        this.tokens = tokens;
        this.table = table;
        this.pairs = pairs;
        this.metrics = metrics;
        this.settings = settings;
        this.transactions = transactions;
        this.ids = ids;
    }

    /**
     * @throws InvalidCredentials if no account has this address and this password
     * @throws TooManyAttempts after too many wrong passwords
     * @throws EmailNotVerified if a login needs a verified address
     */
    Tokens logIn(String email, String password, Client client) {
        try {
            TokenPairs.Granted granted = credentials
                    .verify(email, password, client.network())
                    .flatMap(user -> open(user, client))
                    .orElseThrow(InvalidCredentials::new);
            metrics.count(LoginMetrics.Outcome.SUCCEEDED);
            log.info(
                    "session.started {} of user {}",
                    granted.session(),
                    granted.user().id());
            return pairs.sign(granted);
        } catch (InvalidCredentials e) {
            metrics.count(LoginMetrics.Outcome.FAILED);
            throw e;
        } catch (TooManyAttempts | EmailNotVerified e) {
            metrics.count(LoginMetrics.Outcome.BLOCKED);
            throw e;
        }
    }

    /** Empty if the account has changed since the password was checked, because the password may have changed. */
    private Optional<TokenPairs.Granted> open(Identity verified, Client client) {
        return transactions.execute(transaction -> credentials
                .lock(verified.id())
                .filter(user -> user.version() == verified.version())
                .map(user -> {
                    UUID session = ids.generateId();
                    if (networks.remember(user.id(), client.network()) && notices.newNetworkEmail()) {
                        tokens.sendOnceADay(EmailKind.NEW_NETWORK, user.recipient());
                    }
                    table.add(session, user.id(), client, settings.refreshToken());
                    return pairs.grant(user, session, null);
                }));
    }
}
