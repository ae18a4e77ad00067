package dev.herald.user.recovery;

import dev.herald.platform.problem.LoggedFailure;
import dev.herald.user.account.AccountChanges;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.token.AccountToken;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.TaskExecutor;
import org.springframework.stereotype.Service;

@Service
class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    private static final Set<EmailKind> LINK = Set.of(EmailKind.PASSWORD_RESET);

    private final AccountChanges accounts;
    private final AccountTokens tokens;
    private final Passwords passwords;
    private final PasswordAttempts attempts;
    private final TaskExecutor executor;

    Recovery(
            AccountChanges accounts,
            AccountTokens tokens,
            Passwords passwords,
            PasswordAttempts attempts,
            @Qualifier("recoveryThread") TaskExecutor executor) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.attempts = attempts;
        this.executor = executor;
    }

    /** Returns before the account is looked up, so that the time of the response tells nothing about the address. */
    void forgotPassword(String email) {
        try {
            executor.execute(() -> sendLink(email));
        } catch (RejectedExecutionException e) {
            log.warn("A forgotten password is not answered, because too many wait");
        }
    }

    private void sendLink(String email) {
        try {
            accounts.idOf(email).ifPresent(this::sendLink);
        } catch (RuntimeException e) {
            log.warn("A forgotten password is not answered: {}", LoggedFailure.summary(e));
        }
    }

    private void sendLink(UUID user) {
        accounts.change(user, account -> tokens.sendIfWithinLimits(EmailKind.PASSWORD_RESET, account.recipient()));
    }

    /** Hashes the password before the transaction, and only for a token that is valid. */
    void resetPassword(String token, String newPassword) {
        tokens.find(token, LINK);
        String newHash = passwords.hash(newPassword);
        AccountToken redeemed = accounts.redeem(token, LINK, (account, used) -> {
            account.resetPassword(used.email(), newHash);
            tokens.end(account.id(), EmailKind.ENDED_BY_A_NEW_PASSWORD);
        });
        attempts.forget(redeemed.userId());
    }
}
