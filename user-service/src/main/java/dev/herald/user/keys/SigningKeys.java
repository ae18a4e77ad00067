package dev.herald.user.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.herald.platform.lifecycle.BackgroundWork;
import dev.herald.platform.security.WithdrawnKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

/**
 * The keys that sign and verify access tokens, the same on every instance. A key is published before it signs, and until
 * the last token that it has signed expires. {@link KeyRotation} changes the keys.
 */
@Component
class SigningKeys implements JWKSource<SecurityContext>, BackgroundWork {

    private final SigningKeyTable table;
    private final WithdrawnKeys withdrawn;
    private final TransactionOperations transactions;
    private final IdGenerator ids;
    private final Clock clock;
    private volatile @Nullable Published published;

    private record Published(List<SigningKey> keys, JWKSet pairs, String publicKeys) {

        static Published of(List<SigningKey> keys) {
            JWKSet pairs = new JWKSet(keys.stream().<JWK>map(SigningKey::pair).toList());
            return new Published(keys, pairs, pairs.toString(true));
        }
    }

    SigningKeys(
            SigningKeyTable table,
            WithdrawnKeys withdrawn,
            TransactionOperations transactions,
            IdGenerator ids,
            Clock clock) {
        this.table = table;
        this.withdrawn = withdrawn;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** The key that signs now; the newest one if no key signs yet by this instance's clock. */
    SigningKey current() {
        Instant now = clock.instant();
        List<SigningKey> keys = published().keys();
        return keys.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .reduce((earlier, later) -> later)
                .orElseGet(keys::getLast);
    }

    String publicKeys() {
        return published().publicKeys();
    }

    List<SigningKey> all() {
        return published().keys();
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        return selector.select(published().pairs());
    }

    /** Loads the keys again if one of them is in the revocation log, because another instance may have withdrawn it. */
    private Published published() {
        Published current = published;
        if (current != null && current.keys().stream().anyMatch(key -> withdrawn.contains(key.kid()))) {
            load();
            current = published;
        }
        if (current == null) {
            throw new IllegalStateException("The keys are not loaded yet");
        }
        return current;
    }

    @Override
    public void start() {
        transactions.executeWithoutResult(transaction -> {
            table.lock();
            if (table.kids().isEmpty()) {
                table.add(SigningKey.generate(ids, clock.instant(), clock.instant()));
            }
        });
        load();
    }

    @Override
    public void stop() {
        published = null;
    }

    @Override
    public boolean isRunning() {
        return published != null;
    }

    void load() {
        published = Published.of(table.all());
    }
}
