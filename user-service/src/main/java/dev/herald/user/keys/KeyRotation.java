package dev.herald.user.keys;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.IdGenerator;

/** Makes, withdraws and deletes signing keys. A lock lets one instance at a time make or withdraw a key. */
@Component
class KeyRotation {

    private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

    private final SigningKeys keys;
    private final SigningKeyTable table;
    private final TokenSettings settings;
    private final TransactionOperations transactions;
    private final IdGenerator ids;
    private final Clock clock;

    KeyRotation(
            SigningKeys keys,
            SigningKeyTable table,
            TokenSettings settings,
            TransactionOperations transactions,
            IdGenerator ids,
            Clock clock) {
        this.keys = keys;
        this.table = table;
        this.settings = settings;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Loads the keys of other instances before they sign, makes the next key when it is due, and deletes expired ones. */
    @Scheduled(fixedDelayString = "${herald.session.key-check-interval:5s}")
    void check() {
        if (!keys.isRunning()) {
            return;
        }
        try {
            if (isDue()) {
                addIfDue();
            }
            deleteExpired();
            if (!table.kids().equals(keys.all().stream().map(SigningKey::kid).toList())) {
                keys.load();
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
        keys.load();
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
                table.add(SigningKey.generate(ids, clock.instant(), clock.instant()));
            }
            return true;
        });
        keys.load();
        return known;
    }

    /** Looks again under the lock, because another instance may have made the key. */
    private void addIfDue() {
        transactions.executeWithoutResult(transaction -> {
            table.lock();
            keys.load();
            if (isDue()) {
                addNext();
            }
        });
    }

    private SigningKey addNext() {
        Instant now = clock.instant();
        SigningKey key = SigningKey.generate(ids, now, now.plus(settings.publishAhead()));
        table.add(key);
        log.info("Signing key {} signs from {}", key.kid(), key.signsFrom());
        return key;
    }

    private boolean isDue() {
        Instant takeOver = keys.all().getLast().signsFrom().plus(settings.signingKey());
        return !clock.instant().isBefore(takeOver.minus(settings.publishAhead()));
    }

    /** A key expires with the last token that it signed before the next key signs. */
    private void deleteExpired() {
        Instant now = clock.instant();
        List<SigningKey> published = keys.all();
        List<String> expired = new ArrayList<>();
        for (int i = 0; i + 1 < published.size(); i++) {
            Instant replaced = published.get(i + 1).signsFrom();
            if (replaced.plus(settings.accessTokenDeadAfter()).isBefore(now)) {
                expired.add(published.get(i).kid());
            }
        }
        table.retire(expired, now);
    }
}
