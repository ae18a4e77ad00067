package dev.herald.user.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Spring event, not a Kafka event: the user's sessions must end. Published in the transaction of the change.
 *
 * @param exceptSession the session that stays, or null
 */
public record AccessEnded(UUID userId, @Nullable UUID exceptSession) {}
