package dev.herald.user.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user's sessions must end. Published in the transaction of the change, inside of this service.
 *
 * @param exceptSession the session that stays, or null
 */
public record AccessEnded(UUID userId, @Nullable UUID exceptSession) {}
