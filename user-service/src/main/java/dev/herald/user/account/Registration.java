package dev.herald.user.account;

import dev.herald.platform.client.ClientNetwork;
import dev.herald.platform.email.EmailAddress;
import dev.herald.user.network.KnownNetworks;
import dev.herald.user.password.Passwords;
import dev.herald.user.post.FirstPost;
import dev.herald.user.token.AccountTokens;
import dev.herald.user.token.EmailKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

@Service
class Registration {

    record Prepared(
            UUID id,
            String name,
            EmailAddress email,
            boolean emailVerified,
            String passwordHash,
            List<FirstPost> posts) {

        /** With a verified address, for the administrator whose address comes from the configuration. */
        Prepared verified() {
            return new Prepared(id, name, email, true, passwordHash, posts);
        }
    }

    private final Users users;
    private final AccountChanges changes;
    private final KnownNetworks networks;
    private final Passwords passwords;
    private final AccountTokens tokens;
    private final IdGenerator ids;
    private final Clock clock;
    private final TransactionOperations transactions;
    private final Counter registered;

    Registration(
            Users users,
            AccountChanges changes,
            KnownNetworks networks,
            Passwords passwords,
            AccountTokens tokens,
            IdGenerator ids,
            Clock clock,
            TransactionOperations transactions,
            MeterRegistry meters) {
        this.users = users;
        this.changes = changes;
        this.networks = networks;
        this.passwords = passwords;
        this.tokens = tokens;
        this.ids = ids;
        this.clock = clock;
        this.transactions = transactions;
        this.registered = Counter.builder("herald.users.registered")
                .description("Registered accounts")
                .register(meters);
    }

    /** Hashes the password before the transaction, because hashing takes tens of milliseconds and must not hold a connection. */
    Prepared prepare(RegisterUser request) {
        List<RegisterUser.NewPost> posts = request.posts() == null ? List.of() : request.posts();
        return new Prepared(
                ids.generateId(),
                request.name(),
                EmailAddress.of(request.email()),
                false,
                passwords.hash(request.password()),
                posts.stream().map(this::withId).toList());
    }

    private FirstPost withId(RegisterUser.NewPost post) {
        return new FirstPost(ids.generateId(), post.title(), post.content(), Boolean.TRUE.equals(post.published()));
    }

    /**
     * Stores the user and two events in one transaction: {@link User#register} makes the user with
     * {@code user.created}, which Spring Data publishes when the user is saved, and {@link AccountTokens} publishes
     * {@code user.email-requested}; the outbox stores both.
     *
     * @param network the client's network; null for the first administrator
     */
    UserSnapshot register(Prepared registration, Set<Role> roles, @Nullable ClientNetwork network) {
        User user = User.register(registration, roles, clock.instant());
        UserSnapshot stored = EmailTaken.translating(() -> transactions.execute(transaction -> {
            UserSnapshot saved = users.saveAndFlush(user).snapshot();
            changes.requireNotReserved(saved);
            if (!user.isEmailVerified()) {
                tokens.sendIfWithinLimits(EmailKind.VERIFICATION, user.recipient());
            }
            if (network != null) {
                networks.remember(saved.id(), network);
            }
            return saved;
        }));
        registered.increment();
        return stored;
    }
}
