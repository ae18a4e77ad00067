package dev.herald.user.keys;

import dev.herald.platform.revocation.RevocationLog;
import dev.herald.platform.revocation.WithdrawnKey;
import dev.herald.platform.security.WithdrawnKeys;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Publishes withdrawn keys from the database, the source of truth, to Redis, which every process reads. */
@Component
class WithdrawnKeyFeed {

    private static final Logger log = LoggerFactory.getLogger(WithdrawnKeyFeed.class);

    private final SigningKeyTable table;
    private final RevocationLog revocations;
    private final TokenSettings settings;
    private final Clock clock;

    WithdrawnKeyFeed(SigningKeyTable table, RevocationLog revocations, TokenSettings settings, Clock clock) {
        this.table = table;
        this.revocations = revocations;
        this.settings = settings;
        this.clock = clock;
    }

    /** Publishes all of them each time, because Redis may lose them or drop them while they are still needed. */
    @Scheduled(fixedDelayString = "${herald.session.key-check-interval:5s}")
    boolean publish() {
        try {
            List<WithdrawnKey> withdrawn = table.withdrawnSince(
                    clock.instant().minus(WithdrawnKeys.REMEMBERED_FOR), WithdrawnKeys.REMEMBERED_FOR);
            revocations.appendKeys(withdrawn, settings.accessTokenDeadAfter());
            return true;
        } catch (RuntimeException e) {
            log.warn(
                    "Withdrawn keys cannot be published ({})",
                    NestedExceptionUtils.getMostSpecificCause(e).toString());
            return false;
        }
    }
}
