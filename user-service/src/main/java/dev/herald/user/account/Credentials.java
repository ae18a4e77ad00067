package dev.herald.user.account;

import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.IdGenerator;

/** Addresses and passwords, for whoever opens sessions. */
@Service
public class Credentials {

    private final Users users;
    private final Passwords passwords;
    private final PasswordAttempts attempts;

    /** Checked in place of the hash that an unknown address does not have, so that it takes as long. */
    private final String nobodysHash;

    Credentials(Users users, Passwords passwords, PasswordAttempts attempts, IdGenerator ids) {
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.nobodysHash = passwords.hash(ids.generateId().toString());
    }

    /**
     * Who has this address and this password, if anybody.
     *
     * @throws TooManyAttempts if there were too many wrong ones for the address lately
     */
    public Optional<Identity> verify(String email, String password) {
        attempts.requireOneLeft(email);
        Optional<User> user = users.findByEmail(email);
        boolean matches =
                passwords.matches(password, user.map(User::passwordHash).orElse(nobodysHash));
        if (user.isEmpty() || !matches) {
            attempts.failed(email);
            return Optional.empty();
        }
        attempts.succeeded(email);
        rehash(user.get(), password);
        return user.map(User::snapshot).map(Identity::of);
    }

    /** Checking a cheaper hash takes less time than that of an unknown address: it is replaced while the password is known. */
    private void rehash(User user, String password) {
        if (passwords.isOutdated(user.passwordHash(), password)) {
            users.rehash(user.id(), user.passwordHash(), passwords.hash(password));
        }
    }

    /** The user as they are now and will be until the current transaction ends; empty if there is none any more. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Identity> keep(UUID id) {
        return users.findAndKeep(id).map(User::snapshot).map(Identity::of);
    }
}
