package dev.herald.user.account;

import dev.herald.user.token.AccountToken;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import dev.herald.user.token.TokenExpiredOrUsed;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Changes an account whose row is locked first, so that checked conditions still hold at the write. */
@Service
public class AccountChanges {

    private final Users users;
    private final UserCache cache;
    private final AccountTokens tokens;
    private final TransactionOperations transactions;

    AccountChanges(Users users, UserCache cache, AccountTokens tokens, TransactionOperations transactions) {
        this.users = users;
        this.cache = cache;
        this.tokens = tokens;
        this.transactions = transactions;
    }

    public Optional<UUID> idOf(String email) {
        return users.findByEmail(email).map(User::id);
    }

    /** Whether another account has the address, or can get it back by undoing a change. */
    public boolean isTaken(String email, UUID user) {
        return idOf(email).filter(owner -> !owner.equals(user)).isPresent() || tokens.isReserved(email, user);
    }

    /**
     * @throws UserNotFound if there is no such account
     * @throws EmailTaken if another account has the new address
     */
    public void change(UUID id, Consumer<Account> change) {
        change(id, user -> {}, change::accept);
    }

    /**
     * Like {@link #change}.
     *
     * @return the pending address after the change
     */
    public Optional<String> changePendingEmail(UUID id, Consumer<Account> change) {
        return Optional.ofNullable(change(id, user -> {}, change::accept).pendingEmail());
    }

    /**
     * Uses a token and changes its account, in one transaction.
     *
     * @throws TokenExpiredOrUsed if it is not a valid token of one of these kinds
     * @throws EmailTaken if another account has the new address
     */
    public AccountToken redeem(String token, Set<EmailKind> kinds, BiConsumer<Account, AccountToken> change) {
        AccountToken found = tokens.find(token, kinds);
        try {
            change(found.userId(), account -> {
                tokens.use(found, kinds);
                change.accept(account, found);
            });
            return found;
        } catch (UserNotFound e) {
            throw new TokenExpiredOrUsed();
        } catch (EmailTaken e) {
            throw new EmailTaken("token");
        }
    }

    UserSnapshot change(UUID id, Consumer<User> precondition, Consumer<User> change) {
        UserSnapshot changed = EmailTaken.translating(() -> transactions.execute(transaction -> {
            User user = lock(id, precondition);
            String emailBefore = user.email();
            change.accept(user);
            UserSnapshot saved = users.saveAndFlush(user).snapshot();
            if (!user.isAt(emailBefore)) {
                requireNotReserved(saved);
            }
            return saved;
        }));
        cache.write(changed);
        return changed;
    }

    /**
     * To be called after the write of the address. The write waits for a concurrent transaction that moves another
     * account away from the address; only then can the reservation of that account be read.
     */
    void requireNotReserved(UserSnapshot saved) {
        if (tokens.isReserved(saved.email(), saved.id())) {
            throw new EmailTaken("email");
        }
    }

    void delete(UUID id, Consumer<User> precondition) {
        long lastVersion = transactions.execute(transaction -> {
            User user = lock(id, precondition);
            long version = user.delete();
            tokens.forget(id);
            users.delete(user);
            users.flush();
            return version;
        });
        cache.writeDeletion(id, lastVersion);
    }

    private User lock(UUID id, Consumer<User> precondition) {
        User user = users.findAndLock(id).orElseThrow(() -> new UserNotFound(id));
        precondition.accept(user);
        cache.expectChange(id);
        return user;
    }
}
