package dev.herald.user.account;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.conditional.Preconditions;
import dev.herald.platform.problem.FieldErrors;
import dev.herald.platform.problem.InvalidInput;
import dev.herald.platform.problem.ProblemDocument.InvalidField;
import dev.herald.platform.security.Caller;
import dev.herald.user.password.Passwords;
import dev.herald.user.password.TooManyAttempts;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import jakarta.validation.Validator;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

@Service
class Accounts {

    private final Users users;
    private final UserCache cache;
    private final Passwords passwords;
    private final Credentials credentials;
    private final AccountChanges changes;
    private final AccountTokens tokens;
    private final Validator validator;
    private final Clock clock;

    Accounts(
            Users users,
            UserCache cache,
            Passwords passwords,
            Credentials credentials,
            AccountChanges changes,
            AccountTokens tokens,
            Validator validator,
            Clock clock) {
        this.users = users;
        this.cache = cache;
        this.passwords = passwords;
        this.credentials = credentials;
        this.changes = changes;
        this.tokens = tokens;
        this.validator = validator;
        this.clock = clock;
    }

    UserSnapshot read(UUID id) {
        return cache.find(id, () -> users.findById(id).map(User::snapshot)).orElseThrow(() -> new UserNotFound(id));
    }

    /**
     * @throws InvalidInput if the request is invalid; the user's present address is always accepted
     * @throws EmailTaken if another account has the address
     * @throws EmailChangeNeedsConfirmation if users change their own address
     */
    UserSnapshot update(UUID id, UpdateUser request, Preconditions preconditions, Caller caller) {
        return changes.change(
                id,
                user -> {
                    requireValid(request, user);
                    requireMatch(preconditions, user);
                    if (caller.id().equals(id) && !user.isAt(request.email())) {
                        throw new EmailChangeNeedsConfirmation();
                    }
                },
                user -> update(user, request));
    }

    /** A new address is unverified: all tokens that were mailed before end, and a verification email is sent. */
    private void update(User user, UpdateUser request) {
        boolean sameMailbox = user.isAt(request.email());
        user.update(request.name(), request.email(), clock.instant());
        if (!sameMailbox) {
            tokens.end(user.id(), EnumSet.allOf(EmailKind.class));
            tokens.sendIfWithinLimits(EmailKind.VERIFICATION, user.recipient());
        }
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
        return changes.change(
                id, user -> requireMatch(preconditions, user), user -> user.assign(roles, clock.instant()));
    }

    void delete(UUID id, Preconditions preconditions) {
        changes.delete(id, user -> requireMatch(preconditions, user));
    }

    /**
     * Ends all sessions except the caller's.
     *
     * @throws WrongPassword if the given password is not the current one
     * @throws TooManyAttempts after too many wrong passwords
     */
    void changePassword(Caller caller, ChangePassword request, ClientNetwork network) {
        String currentHash = credentials.confirm(caller.id(), request.currentPassword(), network);
        String newHash = passwords.hash(request.newPassword());
        changes.change(caller.id(), user -> {}, user -> {
            credentials.requireStill(user, request.currentPassword(), currentHash);
            user.changePassword(newHash, caller.sessionId());
            tokens.end(user.id(), EmailKind.ENDED_BY_A_NEW_PASSWORD);
        });
    }

    /** Compares with the tag of the full view, because every caller who may write gets that view. */
    private static void requireMatch(Preconditions preconditions, User user) {
        preconditions.require(user.snapshot().etag(true));
    }
}
