package dev.herald.user.keys;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.herald.platform.lifecycle.BackgroundWork;
import dev.herald.platform.security.WithdrawnKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

/**
 * The keys that sign and verify access tokens, the same on every instance. A key is published some time before it signs, and until the last
 * token that it has signed expires.
 */
@Component
class SigningKeys implements JWKSource<SecurityContext>, BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

    private final SigningKeyTable table;
    private final TokenSettings settings;
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
            TokenSettings settings,
            WithdrawnKeys withdrawn,
            TransactionOperations transactions,
            IdGenerator ids,
            Clock clock) {
        this.table = table;
        this.settings = settings;
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
            current = load();
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
                table.add(generate(clock.instant()));
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

    /** Loads the keys of other instances before they sign, makes the next key when it is due, and deletes expired ones. */
    @Scheduled(fixedDelayString = "${herald.session.key-check-interval:5s}")
    void check() {
        if (!isRunning()) {
            return;
        }
        try {
            if (isDue()) {
                addIfDue();
            }
            deleteExpired();
            if (!table.kids().equals(all().stream().map(SigningKey::kid).toList())) {
                load();
            }
        } catch (DataAccessException | TransactionException e) {
            log.warn("The signing keys could not be checked: {}", e.toString());
        }
    }

    /** Makes the next key now; it signs when it has been published for {@code publish-ahead}. */
    SigningKey rotate() {
        SigningKey key = transactions.execute(transaction -> {
            table.lock();
            return addNext();
        });
        load();
        return key;
    }

    /**
     * Withdraws a key at once, so that its tokens are refused. The next published one signs, or a new one if there is
     * none. A key that is not published any more can be withdrawn as long as a process may still accept it.
     *
     * @return false if the key is unknown, or no process accepts it any more
     */
    boolean withdraw(String kid) {
        boolean known = transactions.execute(transaction -> {
            table.lock();
            if (table.isWithdrawn(kid)) {
                return true;
            }
            if (!table.kids().contains(kid) && !table.isRetired(kid)) {
                return false;
            }
            table.withdraw(kid, clock.instant());
            if (table.kids().isEmpty()) {
                table.add(generate(clock.instant()));
            }
            return true;
        });
        load();
        return known;
    }

    /** Looks again under the lock, because another instance may have made the key. */
    private void addIfDue() {
        transactions.executeWithoutResult(transaction -> {
            table.lock();
            load();
            if (isDue()) {
                addNext();
            }
        });
    }

    private SigningKey addNext() {
        SigningKey key = generate(clock.instant().plus(settings.publishAhead()));
        table.add(key);
        log.info("Signing key {} signs from {}", key.kid(), key.signsFrom());
        return key;
    }

    private boolean isDue() {
        Instant takeOver = all().getLast().signsFrom().plus(settings.signingKey());
        return !clock.instant().isBefore(takeOver.minus(settings.publishAhead()));
    }

    /** A key expires with the last token that it signed before its successor took over. */
    private void deleteExpired() {
        Instant now = clock.instant();
        List<SigningKey> keys = all();
        List<String> expired = new ArrayList<>();
        for (int i = 0; i + 1 < keys.size(); i++) {
            Duration tokensLive = settings.accessTokenDeadAfter();
            if (keys.get(i + 1).signsFrom().plus(tokensLive).isBefore(now)) {
                expired.add(keys.get(i).kid());
            }
        }
        table.retire(expired, now);
    }

    private Published load() {
        Published loaded = Published.of(table.all());
        published = loaded;
        return loaded;
    }

    private SigningKey generate(Instant signsFrom) {
        return SigningKey.generate(ids.generateId().toString(), clock.instant(), signsFrom);
    }
}
