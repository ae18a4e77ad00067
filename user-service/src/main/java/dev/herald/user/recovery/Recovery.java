package dev.herald.user.recovery;

import dev.herald.platform.problem.LoggedFailure;
import dev.herald.user.account.AccountChanges;
import dev.herald.user.account.UserNotFound;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.recovery.ForgottenPasswords.ForgottenPassword;
import dev.herald.user.token.AccountToken;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.TaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;

@Service
class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    /** The age after which any instance handles a request: longer than the instance that stored it needs. */
    private static final Duration LEFT_AFTER = Duration.ofSeconds(30);

    private final AccountChanges accounts;
    private final AccountTokens tokens;
    private final Passwords passwords;
    private final PasswordAttempts attempts;
    private final ForgottenPasswords forgotten;
    private final TaskExecutor executor;

    Recovery(
            AccountChanges accounts,
            AccountTokens tokens,
            Passwords passwords,
            PasswordAttempts attempts,
            ForgottenPasswords forgotten,
            @Qualifier("recoveryThread") TaskExecutor executor) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.attempts = attempts;
        this.forgotten = forgotten;
        this.executor = executor;
    }

    /** Stores the request and returns before the lookup, so that the response time does not reveal an account. */
    void forgotPassword(String email) {
        ForgottenPassword stored = forgotten.add(email);
        try {
            executor.execute(() -> answer(stored));
        } catch (RejectedExecutionException e) {
            log.debug("The queue of requests for reset links is full; this one is handled later");
        }
    }

    /** Handles requests that were left over, because their instance was stopped, or its queue or database failed. */
    @Scheduled(fixedDelayString = "${herald.account.forgotten-password-interval:10s}")
    void answerWhatWaits() {
        try {
            forgotten.waitingFor(LEFT_AFTER).forEach(this::answer);
        } catch (DataAccessException | TransactionException e) {
            log.warn("Requests for reset links cannot be handled: {}", LoggedFailure.summary(e));
        }
    }

    /** Handled again if it fails before the deletion; the limit of one email a minute then prevents a second email. */
    private void answer(ForgottenPassword request) {
        try {
            accounts.idOf(request.email()).ifPresent(this::sendLink);
            forgotten.delete(request);
        } catch (RuntimeException e) {
            log.warn("A request for a reset link is handled later: {}", LoggedFailure.summary(e));
        }
    }

    private void sendLink(UUID user) {
        try {
            accounts.change(user, account -> tokens.sendIfWithinLimits(EmailKind.PASSWORD_RESET, account.recipient()));
        } catch (UserNotFound e) {
            log.debug("The account has been deleted meanwhile");
        }
    }

    /** Hashes the password before the transaction, and only for a token that is valid. */
    void resetPassword(String token, String newPassword) {
        tokens.find(token, EmailKind.RESET);
        String newHash = passwords.hash(newPassword);
        AccountToken redeemed = accounts.redeem(token, EmailKind.RESET, (account, used) -> {
            account.resetPassword(used.email(), newHash);
            tokens.end(account.id(), EmailKind.ENDED_BY_A_NEW_PASSWORD);
        });
        attempts.forget(redeemed.userId());
    }
}
