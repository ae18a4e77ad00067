package dev.herald.user.account;

import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.problem.FieldErrors;
import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import dev.herald.platform.security.Caller;
import dev.herald.user.password.PasswordAttempts;
import dev.herald.user.password.Passwords;
import dev.herald.user.password.TooManyAttempts;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Reads and changes accounts. A change locks the user's row, so that its preconditions still hold when it is written. */
@Service
class Accounts {

    private final Users users;
    private final UserCache cache;
    private final Passwords passwords;
    private final PasswordAttempts attempts;
    private final Validator validator;
    private final TransactionOperations transactions;
    private final Clock clock;

    Accounts(
            Users users,
            UserCache cache,
            Passwords passwords,
            PasswordAttempts attempts,
            Validator validator,
            TransactionOperations transactions,
            Clock clock) {
        this.users = users;
        this.cache = cache;
        this.passwords = passwords;
        this.attempts = attempts;
        this.validator = validator;
        this.transactions = transactions;
        this.clock = clock;
    }

    UserSnapshot read(UUID id) {
        return cache.find(id, () -> users.findById(id).map(User::snapshot)).orElseThrow(() -> new UserNotFound(id));
    }

    /**
     * @throws InvalidInput if the request is invalid; the user's present address is always valid
     * @throws EmailTaken if another account has the address
     */
    UserSnapshot update(UUID id, UpdateUser request, Preconditions preconditions) {
        return EmailTaken.translating(() -> change(
                id,
                user -> {
                    requireValid(request, user);
                    requireMatch(preconditions, user);
                },
                user -> user.update(request.name(), request.email(), clock.instant())));
    }

    private void requireValid(UpdateUser request, User user) {
        List<InvalidField> errors = FieldErrors.of(validator.validate(request)).stream()
                .filter(error -> !error.field().equals("email") || !user.hasEmail(request.email()))
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    UserSnapshot assignRoles(UUID id, Set<Role> roles, Preconditions preconditions) {
        return change(id, user -> requireMatch(preconditions, user), user -> user.assign(roles, clock.instant()));
    }

    void delete(UUID id, Preconditions preconditions) {
        long lastVersion = transactions.execute(transaction -> {
            User user = lock(id, locked -> requireMatch(preconditions, locked));
            long version = user.delete();
            users.delete(user);
            users.flush();
            return version;
        });
        cache.writeDeletion(id, lastVersion);
    }

    /**
     * Ends all sessions except the caller's.
     *
     * @throws WrongPassword if the given password is not the current one
     * @throws TooManyAttempts after too many wrong passwords
     */
    void changePassword(Caller caller, ChangePassword request) {
        User known = users.findById(caller.id()).orElseThrow(() -> new UserNotFound(caller.id()));
        attempts.requireOneLeft(known.email());
        if (!passwords.matches(request.currentPassword(), known.passwordHash())) {
            attempts.failed(known.email());
            throw new WrongPassword();
        }
        attempts.succeeded(known.email());
        String newHash = passwords.hash(request.newPassword());
        change(caller.id(), user -> {}, user -> {
            if (!user.passwordHash().equals(known.passwordHash())
                    && !passwords.matches(request.currentPassword(), user.passwordHash())) {
                throw new WrongPassword();
            }
            user.changePassword(newHash, caller.sessionId());
        });
    }

    private UserSnapshot change(UUID id, Consumer<User> precondition, Consumer<User> change) {
        UserSnapshot changed = transactions.execute(transaction -> {
            User user = lock(id, precondition);
            change.accept(user);
            return users.saveAndFlush(user).snapshot();
        });
        cache.write(changed);
        return changed;
    }

    private User lock(UUID id, Consumer<User> precondition) {
        User user = users.findAndLock(id).orElseThrow(() -> new UserNotFound(id));
        precondition.accept(user);
        cache.expectChange(id);
        return user;
    }

    /** Compares with the tag of the full view, because every caller who may write gets that view. */
    private static void requireMatch(Preconditions preconditions, User user) {
        preconditions.require(user.snapshot().etag(true));
    }
}
