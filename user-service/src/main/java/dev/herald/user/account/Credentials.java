package dev.herald.user.account;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.user.password.PasswordAttempt;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.password.TooManyAttempts;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

@Service
public class Credentials {

    private final Users users;
    private final VerifiedEmailRule verifiedEmail;
    private final Passwords passwords;
    private final PasswordAttempts attempts;

    /** Checked for an unknown address, so that the response takes as long as for a known one. */
    private final String dummyHash;

    Credentials(
            Users users,
            VerifiedEmailRule verifiedEmail,
            Passwords passwords,
            PasswordAttempts attempts,
            IdGenerator ids) {
        this.users = users;
        this.verifiedEmail = verifiedEmail;
        this.passwords = passwords;
        this.attempts = attempts;
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
        verifiedEmail.require(user.get());
        return user.map(User::snapshot).map(Identity::of);
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

    /** Locks the user against changes until the current transaction ends; empty if there is none. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Identity> lock(UUID id) {
        return users.findAndLockShared(id).map(User::snapshot).map(Identity::of);
    }
}
