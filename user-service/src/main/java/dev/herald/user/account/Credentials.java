package dev.herald.user.account;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.user.password.PasswordAttempt;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.password.TooManyAttempts;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

@Service
@EnableConfigurationProperties(Credentials.Settings.class)
public class Credentials {

    /** @param requireVerifiedEmail whether a login needs a verified address */
    @ConfigurationProperties("herald.account")
    record Settings(boolean requireVerifiedEmail) {}

    private final Users users;
    private final AccountChanges changes;
    private final AccountTokens tokens;
    private final Passwords passwords;
    private final PasswordAttempts attempts;
    private final Settings settings;

    /** Checked for an unknown address, so that the response takes as long as for a known one. */
    private final String dummyHash;

    Credentials(
            Users users,
            AccountChanges changes,
            AccountTokens tokens,
            Passwords passwords,
            PasswordAttempts attempts,
            IdGenerator ids,
            Settings settings) {
        this.users = users;
        this.changes = changes;
        this.tokens = tokens;
        this.passwords = passwords;
        this.attempts = attempts;
        this.settings = settings;
        this.dummyHash = passwords.hash(ids.generateId().toString());
    }

    /**
     * The user with this address and this password.
     *
     * @throws TooManyAttempts after too many wrong passwords
     * @throws EmailNotVerified if a login needs a verified address and this one is not; another link is mailed
     */
    public Optional<Identity> verify(String email, String password, ClientNetwork network) {
        Optional<User> user = users.findByEmail(email);
        PasswordAttempt attempt = new PasswordAttempt(user.map(User::id).orElse(null), email, network);
        attempts.requireOneLeft(attempt);
        boolean matches =
                passwords.matches(password, user.map(User::passwordHash).orElse(dummyHash));
        if (user.isEmpty() || !matches) {
            attempts.failed(attempt);
            return Optional.empty();
        }
        attempts.succeeded(attempt);
        rehash(user.get(), password);
        if (settings.requireVerifiedEmail() && !user.get().isEmailVerified()) {
            changes.change(user.get().id(), this::mailAnotherLink);
            throw new EmailNotVerified();
        }
        return user.map(User::snapshot).map(Identity::of);
    }

    private void mailAnotherLink(Account account) {
        tokens.sendIfWithinLimits(EmailKind.VERIFICATION, account.recipient());
    }

    /**
     * Checks the password of a user who is logged in.
     *
     * @return its hash
     * @throws WrongPassword if the password is wrong
     * @throws TooManyAttempts after too many wrong passwords
     */
    public String confirm(UUID id, String password, ClientNetwork network) {
        User user = users.findById(id).orElseThrow(() -> new UserNotFound(id));
        PasswordAttempt attempt = new PasswordAttempt(user.id(), user.email(), network);
        attempts.requireOneLeft(attempt);
        if (!passwords.matches(password, user.passwordHash())) {
            attempts.failed(attempt);
            throw new WrongPassword();
        }
        attempts.succeeded(attempt);
        return user.passwordHash();
    }

    /**
     * Checks, within a change of the account, that its password is still the confirmed one. If the hash differs,
     * compares the password again, because a login may have replaced an outdated hash.
     *
     * @throws WrongPassword if the password has changed
     */
    public void requireStill(Account account, String password, String confirmedHash) {
        if (!account.passwordHash().equals(confirmedHash) && !passwords.matches(password, account.passwordHash())) {
            throw new WrongPassword();
        }
    }

    /**
     * Replaces an outdated hash while the password is known. A check of an outdated hash takes less time than one of
     * the dummy hash, which would reveal that the account exists.
     */
    private void rehash(User user, String password) {
        if (passwords.isOutdated(user.passwordHash(), password)) {
            users.rehash(user.id(), user.passwordHash(), passwords.hash(password));
        }
    }

    /** Locks the user against changes until the current transaction ends. Empty if the user is deleted. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Identity> lock(UUID id) {
        return users.findAndLockShared(id).map(User::snapshot).map(Identity::of);
    }
}
